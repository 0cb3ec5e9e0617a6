import { describe, expect, it } from '@jest/globals';
import { WARD } from '@app/alarms';
import type { AlarmEvent, LinkRecord, VitalSigns, VitalsRecord } from '@app/contracts';
import { type SavedPart, Wall, type WallChange } from './wall.js';

const model = { name: 'spectral', version: '1' };

function vitals(window: number, change: Partial<VitalSigns> = {}): VitalsRecord {
  const vital: VitalSigns = {
    patient: 'p1',
    origin: 'live',
    device: 'watch',
    bootId: 'b1',
    window,
    lane: 'live',
    endMonotonicUs: (2 * window + 8) * 1e6,
    endMs: 2000 * window,
    latencyMs: 10,
    heartRate: {
      bpm: 60 + window,
      withheld: null,
      estimateBpm: 60 + window,
      lowBpm: 58,
      highBpm: 90,
      secondOpinionBpm: null,
      model,
    },
    quality: 1,
    activity: { class: 'rest', confidence: 1, cadencePerMinute: null, model },
    battery: null,
    worn: null,
    ...change,
  };
  return { type: 'vitals', vital };
}

function link(connected: boolean, atMs: number, device = 'watch'): LinkRecord {
  return { type: 'link', patient: 'p1', origin: 'live', device, connected, atMs, reason: '' };
}

function alarm(id: string, change: Partial<AlarmEvent> = {}): AlarmEvent {
  return {
    type: 'alarm',
    id,
    alarmId: 'a1',
    patient: 'p1',
    origin: 'live',
    rule: 'heart-rate-high',
    kind: 'physiological',
    priority: 'medium',
    condition: 'present',
    signal: 'on',
    change: 'raised',
    atMs: 1000,
    sinceMs: 1000,
    text: '',
    valueBpm: null,
    lowBpm: null,
    highBpm: null,
    limitBpm: null,
    quality: null,
    model: null,
    acknowledgedBy: null,
    note: null,
    ...change,
  };
}

describe('vital signs on the wall', () => {
  it('are the last live window, with the time of its record', () => {
    const wall = new Wall();
    expect(wall.applyWard(vitals(0), 5000)).toEqual({ patients: ['p1'], key: 'ward/p1' });
    expect(wall.applyWard(vitals(1), 7000)).not.toBeNull();
    expect(wall.state('p1')).toMatchObject({ vital: { window: 1 }, lastDataMs: 7000 });
  });

  it('are not moved by a repeated window, an older one, or one of an earlier boot', () => {
    const wall = new Wall();
    for (const record of [vitals(5), vitals(6), vitals(0, { bootId: 'b2' })]) {
      wall.applyWard(record, 5000);
    }
    // as a processor repeats them after a restart
    for (const record of [vitals(5), vitals(6), vitals(0, { bootId: 'b2' })]) {
      expect(wall.applyWard(record, 9000)).toBeNull();
    }
    expect(wall.state('p1')).toMatchObject({
      vital: { bootId: 'b2', window: 0 },
      lastDataMs: 5000,
    });
  });

  it('are not moved by the backfill lane, which alone shows no patient', () => {
    const wall = new Wall();
    expect(wall.applyWard(vitals(9, { lane: 'backfill' }), 5000)).toBeNull();
    expect(wall.states()).toEqual([]);
    wall.applyWard(vitals(1), 5000);
    expect(wall.applyWard(vitals(9, { lane: 'backfill' }), 6000)).toBeNull();
    expect(wall.state('p1')).toMatchObject({ vital: { window: 1 }, lastDataMs: 5000 });
  });

  it('come from the device that connected last while it is connected', () => {
    const wall = new Wall();
    wall.applyWard(link(true, 1000, 'old'), 1000);
    wall.applyWard(vitals(1, { device: 'old' }), 1500);
    wall.applyWard(link(true, 2000, 'new'), 2000);
    wall.applyWard(vitals(2, { device: 'old' }), 2500);
    expect(wall.state('p1')).toMatchObject({ device: 'new', vital: { device: 'old', window: 1 } });
    wall.applyWard(vitals(0, { device: 'new' }), 3000);
    wall.applyWard(link(false, 4000, 'new'), 4000);
    expect(wall.state('p1')).toMatchObject({
      device: 'old',
      connected: true,
      vital: { device: 'new' },
    });
    wall.applyWard(vitals(3, { device: 'old' }), 5000);
    expect(wall.state('p1')).toMatchObject({ device: 'old', vital: { device: 'old', window: 3 } });
    expect(wall.devicesOf('p1')).toEqual(['old', 'new']);
  });
});

describe('the link on the wall', () => {
  it('changes with a later record only', () => {
    const wall = new Wall();
    const changes: (WallChange | null)[] = [
      link(true, 1000),
      link(false, 2000),
      link(true, 1000), // repeated after a crash
      link(false, 2000),
    ].map((record) => wall.applyWard(record, 3000));
    expect(changes.map((change) => change !== null)).toEqual([true, true, false, false]);
    expect(wall.state('p1')).toMatchObject({ connected: false, connectedSinceMs: 2000 });
  });
});

describe('alarms on the wall', () => {
  it('follow their events once each, highest priority first, until their signal is off', () => {
    const wall = new Wall();
    wall.applyWard(vitals(0), 1000);
    wall.applyEvent(alarm('e1'));
    wall.applyEvent(alarm('e2', { alarmId: 'a2', priority: 'high', sinceMs: 900 }));
    wall.applyEvent(alarm('e3', { alarmId: 'a3', sinceMs: 1100 }));
    expect(wall.state('p1')?.alarms.map(({ id }) => id)).toEqual(['e2', 'e3', 'e1']);
    wall.applyEvent(alarm('e4', { signal: 'ack', acknowledgedBy: 'N' }));
    wall.applyEvent(alarm('e5', { signal: 'off' }));
    for (const id of ['e1', 'e4', 'e5']) expect(wall.applyEvent(alarm(id))).toBeNull();
    expect(wall.state('p1')?.alarms.map(({ id }) => id)).toEqual(['e2', 'e3']);
  });

  it('are shown even before anything else is known of the patient', () => {
    const wall = new Wall();
    wall.applyEvent(alarm('e1', { origin: 'replay' }));
    expect(wall.states()).toMatchObject([
      {
        patient: 'p1',
        origin: 'replay',
        device: '',
        connected: false,
        vital: null,
        alarms: [{ id: 'e1' }],
      },
    ]);
    wall.applyEvent(alarm('e2', { signal: 'off' }));
    expect(wall.states()).toEqual([]);
  });
});

describe('limits on the wall', () => {
  it('are the patient’s own before the ward’s; an older record changes nothing', () => {
    const wall = new Wall();
    const limits = { heartRateHighBpm: 120, heartRateLowBpm: 45 };
    const of = (patient: string, high: number, atMs: number) =>
      ({
        type: 'limits',
        patient,
        limits: { ...limits, heartRateHighBpm: high },
        by: 'N',
        atMs,
      }) as const;
    wall.applyWard(vitals(0), 1000);
    expect(wall.state('p1')?.limits).toBeNull();
    expect(wall.applyWard(of(WARD, 120, 5), 5)).toEqual({
      patients: ['p1'],
      key: `limits/${WARD}`,
    });
    expect(wall.applyWard(of(WARD, 120, 6), 6)).toBeNull();
    expect(wall.state('p1')?.limits).toEqual(limits);
    wall.applyWard(of('p1', 140, 7), 7);
    expect(wall.applyWard(of('p1', 100, 3), 8)).toBeNull();
    expect(wall.state('p1')?.limits?.heartRateHighBpm).toBe(140);
  });
});

it('a wall restored from its saved parts is the same, and knows what it has seen', () => {
  const wall = new Wall();
  const limits = { heartRateHighBpm: 120, heartRateLowBpm: null };
  const changes = [
    wall.applyWard(link(true, 500), 500),
    wall.applyWard(vitals(3), 1000),
    wall.applyWard({ type: 'limits', patient: WARD, limits, by: 'w', atMs: 1 }, 1),
    wall.applyEvent(alarm('e1')),
  ];
  const restored = new Wall();
  for (const change of changes) {
    const part = JSON.parse(JSON.stringify(wall.saved(change!.key))) as SavedPart;
    restored.restore(part);
  }
  expect(restored.states()).toEqual(wall.states());
  expect(restored.states()).toHaveLength(1);
  expect(restored.applyWard(vitals(3), 2000)).toBeNull();
  expect(restored.applyEvent(alarm('e1'))).toBeNull();
});
