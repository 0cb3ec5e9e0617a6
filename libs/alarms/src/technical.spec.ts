import { describe, expect, it } from '@jest/globals';
import type { Admission, Withheld } from '@app/contracts';
import { ALARM_RULES } from './alarm-rules.js';
import { CHECK_PATIENT_MEDIUM_MS, NO_FIRST_DATA_AFTER_MS } from './alarm-times.js';
import { type VitalWords, vitalOf } from './testing/vital-of.js';
import { LIMITS, START_MS, Ward, alarmsOf, changes } from './testing/ward.js';

const NO_DATA_S = ALARM_RULES['no-data'].raiseLevel as number;

describe('no data', () => {
  it('is raised by ticks alone and ended by a result', () => {
    const ward = new Ward();
    ward.pass(20, {});
    expect(ward.pass(NO_DATA_S - 1)).toEqual([]);
    const [raised] = alarmsOf(ward.pass(1));
    expect(raised).toMatchObject({ rule: 'no-data', priority: 'low', kind: 'technical' });
    expect(raised?.text).toBe('No data for 15 s although the device is connected');
    expect(changes(ward.vital())).toEqual(['no-data ended off']);
  });

  it('does not take a pause of the station for silence of a patient', () => {
    const ward = new Ward();
    ward.pass(20, {});
    ward.second += 3600;
    expect(ward.tick()).toEqual([]);
  });

  it('is raised after the clock was set back, too', () => {
    const ward = new Ward();
    ward.pass(20, {});
    ward.second -= 3600;
    expect(changes(ward.pass(NO_DATA_S + 1))).toEqual(['no-data raised on']);
  });

  it('is raised for a device that never sends', () => {
    const ward = new Ward();
    ward.tick();
    const seconds = NO_FIRST_DATA_AFTER_MS / 1000;
    expect(ward.pass(seconds - 1)).toEqual([]);
    const events = alarmsOf(ward.pass(1));
    expect(changes(events)).toEqual(['check-patient raised on', 'no-data raised on']);
    expect(events[1]?.text).toBe('No data for 30 s although the device is connected');
  });

  it('is raised for somebody who is not admitted only after a device was heard', () => {
    const ward = new Ward(null);
    ward.setLimits(null, 'P-01');
    expect(ward.pass(60)).toEqual([]);
    link(ward, true, ward.nowMs);
    expect(changes(ward.pass(1))).toEqual(['no-data raised on']);
    expect(ward.pass(300)).toEqual([]);
  });

  it('says whether the device is connected, by the newest word of it', () => {
    const ward = new Ward();
    ward.pass(20, {});
    link(ward, false, ward.nowMs + 2);
    link(ward, true, ward.nowMs + 1);
    const [raised] = alarmsOf(ward.pass(NO_DATA_S));
    expect(raised?.text).toBe('No data for 15 s: the device is not connected');
  });

  it('is not ended, and nothing raised, by a backlog that the processor catches up with', () => {
    const ward = new Ward();
    ward.pass(20, {});
    ward.pass(29);
    const before = changes(ward.events);
    for (let i = 0; i < 20; i++) {
      ward.second -= 31;
      ward.vital({ bpm: 150 });
      ward.second += 31;
      ward.tick();
    }
    expect(changes(ward.events).slice(before.length)).toEqual([
      'check-patient raised on',
      'no-data silenced on',
    ]);
  });

  it('is not deceived by backfill or by a repeated result', () => {
    const ward = new Ward();
    ward.pass(20, {});
    const repeated = ward.records.findLast(({ type }) => type === 'vitals');
    for (let i = 0; i < NO_DATA_S + 1; i++) {
      ward.vital({ bpm: 150, lane: 'backfill' });
      if (repeated !== undefined) ward.give(repeated);
      ward.tick();
    }
    expect(changes(ward.events)).toEqual(['no-data raised on']);
  });

  it('is not raised for who wears two devices of which one sends', () => {
    const ward = new Ward();
    const device = { position: 'wrist', mode: 'continuous', sinceMs: START_MS } as const;
    ward.admit('P-01', {
      devices: [
        { ...device, device: 'a' },
        { ...device, device: 'b' },
      ],
    });
    expect(ward.pass(60, { device: 'b' })).toEqual([]);
  });

  it('takes results up to half a minute old for news', () => {
    const ward = new Ward();
    ward.pass(20, {});
    ward.pass(10);
    const late = (seconds: number) => {
      ward.second -= seconds;
      ward.vital({});
      ward.second += seconds;
    };
    late(31);
    ward.pass(5);
    expect(changes(ward.events)).toEqual(['no-data raised on']);
    late(30);
    expect(changes(ward.events)).toEqual(['no-data raised on', 'no-data ended off']);
  });

  it('of a new boot begins its windows anew', () => {
    const ward = new Ward();
    ward.pass(40, {});
    ward.pass(5);
    ward.give({ type: 'vitals', vital: vitalOf(0, ward.nowMs, { bootId: 'c' }) });
    expect(ward.pass(14)).toEqual([]);
  });

  it('is heard from a second device once the first has been silent for more than 6 s', () => {
    const ward = new Ward(null);
    ward.pass(4, { device: 'a', worn: true });
    ward.pass(6);
    ward.vital({ device: 'b', battery: 0.04 });
    expect(changes(ward.pass(8, { device: 'a', battery: 0.9 }))).toEqual([]);
    ward.pass(7);
    ward.vital({ device: 'b', battery: 0.04 });
    expect(changes(ward.pass(32, { device: 'b', battery: 0.04 }))).toEqual([
      'battery-low raised on',
    ]);
  });

  it('listens to one device of a patient at a time, and to none that is not worn', () => {
    const ward = new Ward(null);
    for (let i = 0; i < 10; i++) {
      ward.vital({ device: 'a' });
      ward.tick();
      ward.vital({ device: 'b', bpm: null, worn: false });
      ward.tick();
    }
    expect(ward.events).toEqual([]);
    ward.admit();
    ward.pass(20, { device: 'b', worn: false });
    expect(changes(ward.events)).toEqual([]);
  });
});

describe('check patient', () => {
  it('comes after 30 s without a number, worsens after 2 min, and a number ends it', () => {
    const ward = new Ward();
    ward.pass(20, {});
    expect(ward.pass(29, { bpm: null })).toEqual([]);
    const [raised] = alarmsOf(ward.pass(1, { bpm: null }));
    expect(raised).toMatchObject({ rule: 'check-patient', priority: 'low', valueBpm: null });
    expect(raised?.text).toBe('No heart rate for 30 s');
    expect(ward.pass(CHECK_PATIENT_MEDIUM_MS / 1000 - 31, { bpm: null })).toEqual([]);
    const [worse] = alarmsOf(ward.pass(1, { bpm: null }));
    expect(worse).toMatchObject({ change: 'worsened', priority: 'medium', signal: 'on' });
    expect(worse?.text).toBe('No heart rate for 120 s');
    expect(changes(ward.pass(10, {}))).toEqual(['check-patient ended off']);
  });

  it('calls again when it worsens after it was acknowledged', () => {
    const ward = new Ward();
    ward.pass(20, {});
    const [raised] = alarmsOf(ward.pass(40, { bpm: null }));
    ward.acknowledge(raised);
    expect(alarmsOf(ward.pass(90, { bpm: null }))).toMatchObject([
      { change: 'worsened', signal: 'on', priority: 'medium', acknowledgedBy: null },
    ]);
  });

  it('is of medium priority at once when the last number was beyond a limit', () => {
    for (const [bpm, words] of [
      [121, 'above 120'],
      [44, 'below 45'],
    ] as const) {
      const ward = new Ward();
      ward.pass(2, { bpm });
      const events = alarmsOf(ward.pass(31, { bpm: null, withheld: 'no-signal' }));
      const raised = events.find(({ rule }) => rule === 'check-patient');
      expect(raised).toMatchObject({ change: 'raised', priority: 'medium' });
      expect(raised?.text).toBe(`No heart rate for 30 s; the last one was ${bpm}, ${words}`);
    }
  });

  it('knows extreme limits where there are no others', () => {
    for (const [bpm, priority] of [
      [141, 'medium'],
      [34, 'medium'],
      [139, 'low'],
    ] as const) {
      const extremes = { heartRateHighBpm: null, heartRateLowBpm: null };
      const ward = new Ward({ ...LIMITS, ...extremes });
      ward.pass(2, { bpm });
      const events = alarmsOf(ward.pass(32, { bpm: null, withheld: 'gap' }));
      expect(events).toMatchObject([{ rule: 'check-patient', priority }]);
    }
  });

  it('forgets that a number was beyond a limit once one is inside', () => {
    const ward = new Ward();
    ward.pass(2, { bpm: 130 });
    ward.pass(2, { bpm: 120 });
    const events = alarmsOf(ward.pass(32, { bpm: null, withheld: 'gap' }));
    expect(events).toMatchObject([{ rule: 'check-patient', priority: 'low' }]);
  });

  it('speaks for silence and for a sensor that is off', () => {
    const ward = new Ward();
    ward.pass(20, {});
    const events = alarmsOf(ward.pass(31));
    expect(changes(events)).toEqual([
      'no-data raised on',
      'check-patient raised on',
      'no-data silenced on',
    ]);
    expect(events[2]?.silencedBy).toBe('check-patient');
  });
});

const ON_DUTY: Admission['devices'][number] = {
  device: 'P-01-watch',
  position: 'wrist',
  mode: 'continuous',
  sinceMs: START_MS,
};

describe('device alarms', () => {
  it.each([
    ['signal-unusable', { bpm: null, quality: 0.2 }, 20],
    ['signal-unusable', { bpm: null, quality: 0.19 }, 20],
    ['signal-unusable', { bpm: null, quality: 0.21 }, null],
    ['signal-unusable', { quality: 0.1 }, null],
    ['signal-unusable', { bpm: null, withheld: 'no-signal' as Withheld }, 20],
    ['signal-unusable', { bpm: null, quality: 0.1, withheld: 'gap' as Withheld }, null],
    ['sensor-off', { worn: false }, 10],
    ['sensor-off', { worn: true }, null],
    ['sensor-off', { worn: null }, null],
    ['battery-low', { battery: 0.15 }, 30],
    ['battery-low', { battery: 0.14 }, 30],
    ['battery-low', { battery: 0.16 }, null],
    ['battery-low', { battery: null }, null],
    ['clock-implausible', { clockErrorMs: 60_000 }, 30],
    ['clock-implausible', { clockErrorMs: -60_001 }, 30],
    ['clock-implausible', { clockErrorMs: 59_999 }, null],
    ['clock-implausible', { clockErrorMs: null }, null],
  ] as const)('%s for %j after %s s', (rule, words, seconds) => {
    const ward = new Ward();
    ward.pass(20, {});
    const from = ward.nowMs + 2_000;
    const raised = alarmsOf(ward.pass(60, words as VitalWords)).find((e) => e.rule === rule);
    expect(raised === undefined ? null : (raised.atMs - from) / 1000).toBe(seconds);
    if (raised !== undefined) expect(raised.priority).toBe('low');
  });

  it.each([
    [
      'signal-unusable',
      { bpm: null, quality: 0.1 },
      { bpm: null, quality: 0.29 },
      { bpm: null, quality: 0.3 },
      6,
    ],
    ['sensor-off', { worn: false }, { worn: null }, { worn: true }, 4],
    ['battery-low', { battery: 0.1 }, { battery: 0.19 }, { battery: 0.2 }, 10],
    [
      'clock-implausible',
      { clockErrorMs: 9e4 },
      { clockErrorMs: 30_001 },
      { clockErrorMs: 3e4 },
      10,
    ],
  ] as const)(
    '%s stays between its levels and ends beyond them',
    (rule, bad, between, good, seconds) => {
      const ward = new Ward();
      const of = (events: ReturnType<Ward['pass']>) =>
        alarmsOf(events).filter((e) => e.rule === rule);
      ward.pass(20, {});
      expect(changes(of(ward.pass(40, bad as VitalWords)))[0]).toBe(`${rule} raised on`);
      expect(of(ward.pass(60, between as VitalWords)).filter((e) => e.change === 'ended')).toEqual(
        [],
      );
      const from = ward.nowMs + 2_000;
      const ended = of(ward.pass(30, good as VitalWords)).filter((e) => e.change === 'ended');
      expect(ended.map(({ atMs }) => (atMs - from) / 1000)).toEqual([seconds]);
    },
  );

  it('signal-unusable also for opinions that contradict each other, until a number is back', () => {
    const ward = new Ward();
    ward.pass(20, {});
    ward.pass(26, { bpm: null, withheld: 'disagreement', quality: 0.1 });
    expect(changes(ward.events)).toEqual(['signal-unusable raised on']);
    expect(changes(ward.pass(10, { quality: 0.1 }))).toEqual(['signal-unusable ended off']);
  });

  it('are not raised by what a silent device said last', () => {
    const ward = new Ward();
    ward.pass(20, {});
    ward.vital({ worn: false });
    // six seconds old a word still counts; it is not told for ten
    expect(ward.pass(14)).toEqual([]);
  });

  it('say what they saw', () => {
    const texts = (words: VitalWords) => {
      const ward = new Ward();
      ward.pass(20, {});
      return alarmsOf(ward.pass(36, words)).map(({ text }) => text);
    };
    expect(texts({ battery: 0.123 })).toEqual(['Battery at 12 %']);
    expect(texts({ worn: false })).toEqual(['The sensor has been off the body for 10 s']);
    expect(texts({ clockErrorMs: 75_000 })).toEqual([
      "The device's clock is 75 s ahead of the station's",
    ]);
    expect(texts({ clockErrorMs: -75_000 })).toEqual([
      "The device's clock is 75 s behind the station's",
    ]);
    expect(texts({ bpm: null, withheld: 'no-signal' })[0]).toBe(
      'The light signal has been unusable for 20 s',
    );
  });

  it.each([
    [0.051, 'low'],
    [0.05, 'medium'],
    [0.049, 'medium'],
  ] as const)('battery at %d is of %s priority', (battery, priority) => {
    const ward = new Ward();
    ward.pass(20, {});
    expect(alarmsOf(ward.pass(40, { battery }))).toMatchObject([{ priority }]);
  });

  it('a battery that falls further calls again', () => {
    const ward = new Ward();
    const [raised] = alarmsOf(ward.pass(40, { battery: 0.1 }));
    ward.acknowledge(raised);
    expect(changes(ward.pass(4, { battery: 0.05 }))).toEqual(['battery-low worsened on']);
  });
});

describe('a spot check that ends', () => {
  const SPOT = { devices: [{ ...ON_DUTY, mode: 'spot' as const }] };

  it('is no loss of data, nor a sensor taken off', () => {
    const ward = new Ward();
    ward.admit('P-01', SPOT);
    ward.pass(40, {});
    ward.pass(20, { bpm: null, withheld: 'not-worn', worn: false });
    expect(ward.pass(600)).toEqual([]);
  });

  it('raises what it finds', () => {
    const ward = new Ward();
    ward.admit('P-01', SPOT);
    expect(changes(ward.pass(40, { bpm: 130, battery: 0.1 }))).toEqual([
      'heart-rate-high raised on',
      'battery-low raised on',
    ]);
  });

  it('becomes a duty when the mode changes: silence counts from then on', () => {
    const ward = new Ward();
    ward.admit('P-01', SPOT);
    ward.pass(40, {});
    ward.pass(600);
    ward.admit();
    expect(ward.pass(29)).toEqual([]);
    expect(changes(ward.pass(1))).toEqual(['check-patient raised on', 'no-data raised on']);
  });
});

function link(ward: Ward, connected: boolean, atMs: number): void {
  const patient = 'P-01';
  ward.give({
    type: 'link',
    patient,
    origin: 'live',
    device: 'P-01-watch',
    reason: '',
    connected,
    atMs,
  });
}
