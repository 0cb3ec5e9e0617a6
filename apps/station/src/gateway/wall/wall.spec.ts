import { describe, expect, it } from '@jest/globals';
import {
  type Admission,
  type AdmissionRecord,
  type AlarmEvent,
  type LinkRecord,
  NOBODY,
  NO_LIMITS,
  type StrayRecord,
  type VitalSigns,
  type VitalsRecord,
  type WardRecord,
  limitsKeyOf,
} from '@app/contracts';
import type { SavedPart } from './saved-part.js';
import { Wall, type WallChange } from './wall.js';

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

function link(
  connected: boolean,
  atMs: number,
  device = 'watch',
  patient: string = 'p1',
): LinkRecord {
  return { type: 'link', patient, origin: 'live', device, connected, atMs, reason: '' };
}

function admission(
  atMs: number,
  change: Partial<Admission> | null = {},
  patient = 'p1',
): AdmissionRecord {
  return {
    type: 'admission',
    patient,
    origin: 'live',
    change: change === null ? 'discharged' : 'admitted',
    admission:
      change === null
        ? null
        : {
            ward: 'main',
            bed: '1',
            label: 'AB',
            admittedMs: 100,
            offWard: null,
            devices: [worn('watch')],
            ...change,
          },
    by: 'N',
    atMs,
  };
}

function worn(device: string) {
  return { device, position: 'wrist', mode: 'continuous', sinceMs: 100 } as const;
}

function stray(atMs: number, change: Partial<StrayRecord> = {}): StrayRecord {
  return {
    type: 'stray',
    device: 'lost',
    origin: 'live',
    reason: 'not-admitted',
    frames: 10,
    atMs,
    ...change,
  };
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
    expect(wall.applyWard(vitals(0), 5000)).toEqual({
      patients: ['p1'],
      strays: false,
      keys: ['ward/p1'],
    });
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
    wall.applyWard(vitals(9, { lane: 'backfill' }), 6000);
    expect(wall.state('p1')).toMatchObject({ vital: { window: 1 }, lastDataMs: 5000 });
    expect(wall.applyWard(vitals(9, { lane: 'backfill' }), 7000)).toBeNull();
  });

  it('say how much of the past the backlog has still to fill, over a restart too', () => {
    const wall = new Wall();
    const backfill = (window: number, bootId = 'b1') =>
      vitals(window, { lane: 'backfill', bootId });
    wall.applyWard(vitals(0), 5000);
    expect(wall.state('p1')).toMatchObject({ backlog: null });
    wall.applyWard(vitals(101), 210_000);
    expect(wall.state('p1')).toMatchObject({ backlog: { seconds: 200, atMs: 210_000 } });
    expect(wall.applyWard(backfill(50), 211_000)?.patients).toEqual(['p1']);
    expect(wall.state('p1')).toMatchObject({ backlog: { seconds: 100, atMs: 211_000 } });
    expect(wall.applyWard(backfill(50), 212_000)).toBeNull();
    expect(wall.applyWard(backfill(70, 'never live'), 212_000)).toBeNull();
    const again = new Wall();
    again.restore(JSON.parse(JSON.stringify(wall.saved('ward/p1'))) as SavedPart);
    again.applyWard(backfill(100), 213_000);
    expect(again.state('p1')).toMatchObject({ backlog: null, vital: { window: 101 } });
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

describe('admissions on the wall', () => {
  it('are complete: the last one holds, an older one and a repeated one change nothing', () => {
    const wall = new Wall();
    expect(wall.applyWard(admission(1000), 1000)?.patients).toEqual(['p1']);
    expect(wall.applyWard(admission(1000), 1001)).toBeNull();
    wall.applyWard(admission(3000, { ward: 'north', bed: null }), 3000);
    expect(wall.applyWard(admission(2000, { bed: '2' }), 3001)).toBeNull();
    expect(wall.state('p1')?.admission).toMatchObject({ ward: 'north', bed: null });
    expect([wall.wardOf('p1'), wall.lastWardOf('p1')]).toEqual(['north', 'north']);
  });

  it('end with the discharge: no ward, no device; the patient stays known', () => {
    const wall = new Wall();
    for (const record of [admission(1000), link(true, 1100)]) wall.applyWard(record, 1200);
    wall.applyWard(vitals(0), 1300);
    wall.applyWard(admission(5000, null), 5000);
    expect(wall.state('p1')).toMatchObject({
      admission: null,
      device: '',
      connected: false,
      connectedSinceMs: 5000,
      vital: { window: 0 },
    });
    expect([wall.wardOf('p1'), wall.lastWardOf('p1')]).toEqual([null, 'main']);
    // back again: nothing of the former stay is shown
    wall.applyWard(admission(9000, { admittedMs: 9000, devices: [] }), 9000);
    expect(wall.state('p1')).toMatchObject({ vital: null, lastDataMs: null, device: '' });
  });

  it('say whose results are shown: not those of a device that was taken off', () => {
    const wall = new Wall();
    const records: WardRecord[] = [
      admission(500, { devices: [worn('old')] }),
      link(true, 1000, 'old'),
      vitals(1, { device: 'old' }),
      admission(2000, { devices: [worn('new')] }),
    ];
    for (const record of records) wall.applyWard(record, 1500);
    expect(wall.state('p1')).toMatchObject({ device: 'new', connected: false });
    wall.applyWard(vitals(0, { device: 'new' }), 2500);
    wall.applyWard(vitals(2, { device: 'old' }), 2600);
    expect(wall.state('p1')).toMatchObject({
      device: 'new',
      connected: true,
      vital: { device: 'new', window: 0 },
      lastDataMs: 2500,
    });
  });

  it('know the connection of a device that changes hands while it is connected', () => {
    const wall = new Wall();
    wall.applyWard(admission(500), 500);
    wall.applyWard(link(true, 1000), 1000);
    wall.applyWard(admission(2000, { devices: [] }), 2000);
    wall.applyWard(admission(2000, {}, 'p2'), 2000);
    expect(wall.state('p2')).toMatchObject({
      device: 'watch',
      connected: true,
      connectedSinceMs: 1000,
    });
    wall.applyWard(link(false, 3000, 'watch', 'p2'), 3000);
    wall.applyWard(admission(4000, { devices: [] }, 'p2'), 4000);
    wall.applyWard(admission(4000), 4000);
    expect(wall.state('p1')).toMatchObject({ connected: false, connectedSinceMs: 3000 });
    expect(wall.applyWard(link(true, 5000), 5000)?.patients).toEqual(['p1']);
    expect(wall.state('p1')).toMatchObject({ connected: true, connectedSinceMs: 5000 });
  });

  it('are forgotten beyond the last 256 discharged', () => {
    const wall = new Wall();
    for (let i = 0; i < 256; i++) wall.applyWard(admission(1000 + i, null, `d${i}`), 1000);
    expect(wall.state('d0')).not.toBeNull();
    const change = wall.applyWard(admission(2000, null, 'last'), 2000);
    expect(wall.state('d0')).toBeNull();
    expect(change?.keys).toEqual(['ward/last', 'ward/d0', 'alarms/d0', 'limits/d0']);
    expect(wall.saved('ward/d0')).toBeNull();
  });
});

describe('devices that belong to nobody', () => {
  it('are shown until they have been away for ten minutes of the station’s ticks', () => {
    const wall = new Wall();
    const tick = (atMs: number) => wall.applyWard({ type: 'tick', atMs }, atMs);
    tick(1000);
    expect(wall.applyWard(link(true, 1000, 'lost', NOBODY), 1000)).toEqual({
      patients: [],
      strays: true,
      keys: ['stray/lost'],
    });
    wall.applyWard(stray(2000), 2000);
    wall.applyWard(stray(12_000), 12_000);
    expect(wall.applyWard(stray(12_000), 12_000)).toBeNull();
    expect(wall.strays()).toEqual([
      {
        device: 'lost',
        origin: 'live',
        connected: true,
        lastDataMs: 12_000,
        reason: 'not-admitted',
        frames: 20,
      },
    ]);
    expect(wall.states()).toEqual([]);
    tick(3_000_000);
    expect(wall.strays()).toHaveLength(1);
    wall.applyWard(link(false, 3_000_000, 'lost', NOBODY), 3_000_000);
    expect(tick(3_599_000)).toBeNull();
    expect(wall.strays()).toMatchObject([{ connected: false }]);
    expect(tick(3_600_000)).toEqual({ patients: [], strays: true, keys: ['stray/lost'] });
    expect(wall.strays()).toEqual([]);
    expect(wall.saved('stray/lost')).toBeNull();
  });

  it('go when they are assigned, and come back when they are taken off', () => {
    const wall = new Wall();
    wall.applyWard(stray(2000), 2000);
    expect(wall.applyWard(admission(3000, { devices: [worn('lost')] }), 3000)?.strays).toBe(true);
    expect(wall.strays()).toEqual([]);
    expect(wall.state('p1')).toMatchObject({ device: 'lost', connected: true });
    expect(wall.applyWard(admission(4000, { devices: [] }), 4000)?.strays).toBe(true);
    expect(wall.strays()).toHaveLength(1);
  });

  it('are shown beside their patient while their samples cannot be placed in time', () => {
    const wall = new Wall();
    wall.applyWard(admission(1000, { devices: [worn('lost')] }), 1000);
    wall.applyWard({ type: 'tick', atMs: 5000 }, 5000);
    wall.applyWard(stray(5000, { reason: 'not-placed' }), 5000);
    expect(wall.strays()).toMatchObject([{ device: 'lost', reason: 'not-placed' }]);
    expect(wall.applyWard({ type: 'tick', atMs: 65_000 }, 65_000)?.strays).toBe(true);
    expect(wall.strays()).toEqual([]);
  });

  it('count their frames anew when they come again', () => {
    const wall = new Wall();
    wall.applyWard(link(true, 1000, 'lost', NOBODY), 1000);
    wall.applyWard(stray(2000), 2000);
    wall.applyWard(link(false, 3000, 'lost', NOBODY), 3000);
    wall.applyWard(link(true, 4000, 'lost', NOBODY), 4000);
    expect(wall.strays()).toMatchObject([{ frames: 0, lastDataMs: 2000 }]);
  });
});

describe('limits on the wall', () => {
  const limits = { ...NO_LIMITS, heartRateHighBpm: 120, heartRateLowBpm: 45 };
  const of = (patient: string, high: number | null, atMs: number): WardRecord => ({
    type: 'limits',
    patient,
    limits: high === null ? null : { ...limits, heartRateHighBpm: high },
    by: 'N',
    atMs,
  });
  const ward = limitsKeyOf('main');

  it('are the patient’s own before those of the ward; an older record changes nothing', () => {
    const wall = new Wall();
    wall.applyWard(admission(100), 100);
    wall.applyWard(admission(100, { ward: 'north' }, 'p2'), 100);
    expect(wall.state('p1')?.limits).toBeNull();
    expect(wall.applyWard(of(ward, 120, 5), 5)).toEqual({
      patients: ['p1'],
      strays: false,
      keys: [`limits/${ward}`],
    });
    // as of the next partition
    expect(wall.applyWard(of(ward, 120, 5), 6)).toBeNull();
    expect(wall.state('p1')?.limits).toEqual(limits);
    expect(wall.state('p2')?.limits).toBeNull();
    wall.applyWard(of('p1', 140, 7), 7);
    expect(wall.applyWard(of('p1', 100, 3), 8)).toBeNull();
    expect(wall.state('p1')?.limits?.heartRateHighBpm).toBe(140);
    expect(wall.applyWard(of('p1', null, 9), 9)?.patients).toEqual(['p1']);
    expect(wall.state('p1')?.limits).toEqual(limits);
  });

  it('change with the ward', () => {
    const wall = new Wall();
    wall.applyWard(of(ward, 120, 5), 5);
    wall.applyWard(of(limitsKeyOf('north'), 150, 5), 5);
    wall.applyWard(admission(100), 100);
    wall.applyWard(admission(200, { ward: 'north' }), 200);
    expect(wall.state('p1')?.limits?.heartRateHighBpm).toBe(150);
  });
});

it('a wall restored from its saved parts is the same, and knows what it has seen', () => {
  const wall = new Wall();
  const ward = limitsKeyOf('main');
  const limits = { ...NO_LIMITS, heartRateHighBpm: 120 };
  const records: WardRecord[] = [
    admission(400),
    link(true, 500),
    vitals(3),
    { type: 'limits', patient: ward, limits, by: 'w', atMs: 1 },
    { type: 'limits', patient: 'p1', limits: null, by: 'w', atMs: 1 },
    link(true, 500, 'lost', NOBODY),
    stray(600),
  ];
  const changes = [
    ...records.map((record) => wall.applyWard(record, 1000)),
    wall.applyEvent(alarm('e1')),
  ];
  const restored = new Wall();
  for (const key of new Set(changes.flatMap((change) => change!.keys))) {
    restored.restore(JSON.parse(JSON.stringify(wall.saved(key))) as SavedPart);
  }
  expect(restored.states()).toEqual(wall.states());
  expect(restored.states()).toHaveLength(1);
  expect(restored.state('p1')?.limits).toEqual(limits);
  expect(restored.strays()).toEqual(wall.strays());
  expect(restored.strays()).toHaveLength(1);
  for (const record of records) expect(restored.applyWard(record, 2000)).toBeNull();
  expect(restored.applyEvent(alarm('e1'))).toBeNull();
});

it('a wall that an earlier version has saved is understood', () => {
  const wall = new Wall();
  wall.applyWard(vitals(0), 1000);
  const part = JSON.parse(JSON.stringify(wall.saved('ward/p1'))) as SavedPart & { view: object };
  delete (part.view as { admission?: unknown }).admission;
  const restored = new Wall();
  restored.restore(part);
  expect(restored.states()).toEqual(wall.states());
});
