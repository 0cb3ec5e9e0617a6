import { describe, expect, it } from '@jest/globals';
import type { AlarmEvent, VitalSigns, WardRecord } from '@app/contracts';
import { AlarmMachine, WARD, type WardState } from './alarm-machine.js';
import { ALARM_RULES, NO_DATA_AFTER_MS, NO_FIRST_DATA_AFTER_MS } from './alarm-rules.js';

const HIGH = ALARM_RULES['heart-rate-high'];
const LIMITS = { heartRateHighBpm: 120, heartRateLowBpm: 45 };
const START_MS = 1_790_000_000_000;

function vitalOf(window: number, bpm: number | null, patient = 'P-01'): VitalSigns {
  return {
    patient,
    origin: 'live',
    device: `${patient}-watch`,
    bootId: 'b',
    window,
    lane: 'live',
    endMonotonicUs: (2 * window + 8) * 1e6,
    endMs: START_MS + window * 2000,
    latencyMs: 5,
    heartRate: {
      bpm,
      withheld: bpm === null ? 'uncertain' : null,
      estimateBpm: bpm,
      lowBpm: bpm === null ? null : bpm - 4,
      highBpm: bpm === null ? null : bpm + 4,
      secondOpinionBpm: bpm,
      model: { name: 'hr', version: '1' },
    },
    quality: 0.9,
    activity: {
      class: 'rest',
      confidence: 1,
      cadencePerMinute: null,
      model: { name: 'a', version: '1' },
    },
    battery: null,
    worn: null,
  };
}

/** A ward of one partition that is fed second by second. */
class Ward {
  readonly records: WardRecord[] = [];
  readonly events: AlarmEvent[] = [];
  private second = 0;
  private window = 0;

  constructor(readonly machine = newMachine()) {}

  give(record: WardRecord): AlarmEvent[] {
    this.records.push(record);
    const events = this.machine.apply(record);
    this.events.push(...events);
    return events;
  }

  /** Lets seconds pass with a result every 2 s; null withholds the number, `undefined` sends none. */
  pass(seconds: number, bpm?: number | null): AlarmEvent[] {
    const events: AlarmEvent[] = [];
    for (let i = 0; i < seconds; i++) {
      if (bpm !== undefined && this.second % 2 === 0) {
        events.push(...this.give({ type: 'vitals', vital: vitalOf(this.window++, bpm) }));
      }
      events.push(...this.give({ type: 'tick', atMs: START_MS + this.second++ * 1000 }));
    }
    return events;
  }

  acknowledge(event: AlarmEvent, patient = 'P-01'): AlarmEvent[] {
    const atMs = START_MS + this.second * 1000;
    return this.give({
      type: 'acknowledge',
      patient,
      alarmId: event.alarmId,
      by: 'nurse',
      note: 'seen',
      atMs,
    });
  }
}

function newMachine(): AlarmMachine {
  const state: WardState = { limits: LIMITS, tickMs: null, clockMs: 0 };
  return new AlarmMachine(state);
}

const changes = (events: AlarmEvent[]) =>
  events.map((event) => `${event.rule} ${event.change} ${event.signal}`);

describe('heart-rate limits', () => {
  it('raises only after the delay, and says why', () => {
    const ward = new Ward();
    ward.pass(20, 80);
    expect(ward.pass(HIGH.raiseDelayMs / 1000 - 1, 130)).toEqual([]);
    const [raised] = ward.pass(2, 130);
    expect(raised).toMatchObject({
      rule: 'heart-rate-high',
      signal: 'on',
      priority: 'medium',
      limitBpm: 120,
    });
    expect(raised?.text).toBe('HR 130 (126–134) above 120 for 10 s');
    expect(ward.pass(60, 130)).toEqual([]);
  });

  it('is quiet at the limit and for a short excursion', () => {
    const ward = new Ward();
    ward.pass(60, 120);
    ward.pass(8, 150);
    ward.pass(60, 100);
    expect(ward.events).toEqual([]);
  });

  it('raises below the low limit', () => {
    const ward = new Ward();
    expect(changes(ward.pass(20, 44))).toEqual(['heart-rate-low raised on']);
  });

  it('latches when the condition ends unseen, and ends by acknowledgement', () => {
    const ward = new Ward();
    ward.pass(20, 130);
    expect(changes(ward.pass(20, 90))).toEqual(['heart-rate-high condition-cleared latched']);
    expect(ward.pass(100, 90)).toEqual([]);
    expect(changes(ward.acknowledge(ward.events[0]!))).toEqual(['heart-rate-high ended off']);
  });

  it('stays acknowledged while present and ends by itself', () => {
    const ward = new Ward();
    const [raised] = ward.pass(20, 130);
    expect(ward.acknowledge(raised!)[0]).toMatchObject({
      signal: 'ack',
      acknowledgedBy: 'nurse',
      note: 'seen',
    });
    expect(ward.pass(60, 130)).toEqual([]);
    expect(changes(ward.pass(20, 90))).toEqual(['heart-rate-high ended off']);
    expect(changes(ward.pass(20, 130))).toEqual(['heart-rate-high raised on']);
    expect(new Set(ward.events.map((event) => event.id)).size).toBe(ward.events.length);
  });

  it('is cleared by no unknown', () => {
    const ward = new Ward();
    ward.pass(20, 130);
    expect(ward.pass(300, null)).toEqual([]);
  });

  it('holds its condition within the hysteresis', () => {
    const ward = new Ward();
    ward.pass(20, 130);
    expect(ward.pass(60, 118)).toEqual([]);
    expect(changes(ward.pass(20, 117))).toEqual(['heart-rate-high condition-cleared latched']);
  });

  it('is not raised by one value and silence after it', () => {
    const ward = new Ward();
    ward.pass(20, 80);
    ward.pass(2, 130);
    expect(changes(ward.pass(120))).toEqual(['no-data raised on']);
    expect(ward.pass(4, 80).some((event) => event.rule === 'heart-rate-high')).toBe(false);
  });

  it('is not ended by silence', () => {
    const ward = new Ward();
    ward.pass(20, 130);
    ward.pass(2, 80);
    expect(changes(ward.pass(60))).toEqual(['no-data raised on']);
  });

  it('follows changed limits', () => {
    const ward = new Ward();
    ward.pass(4, 130);
    const limits = { heartRateHighBpm: 150, heartRateLowBpm: null };
    ward.give({ type: 'limits', patient: 'P-01', limits, by: 'nurse', atMs: START_MS });
    expect(ward.pass(60, 130)).toEqual([]);
    ward.give({ type: 'limits', patient: WARD, limits: LIMITS, by: 'ward', atMs: START_MS });
    expect(ward.pass(60, 130)).toEqual([]);
  });
});

describe('no data', () => {
  it('is raised by ticks alone and ended by a result', () => {
    const ward = new Ward();
    ward.pass(20, 80);
    expect(ward.pass(NO_DATA_AFTER_MS / 1000 - 3)).toEqual([]);
    expect(changes(ward.pass(3))).toEqual(['no-data raised on']);
    expect(changes(ward.pass(2, 80))).toEqual(['no-data ended off']);
  });

  it('does not take a pause of the station for silence of a patient', () => {
    const ward = new Ward();
    ward.pass(20, 80);
    ward.give({ type: 'tick', atMs: START_MS + 3_600_000 });
    expect(ward.events).toEqual([]);
  });

  it('is raised after the clock was set back, too', () => {
    const ward = new Ward();
    ward.pass(20, 80);
    const back = START_MS - 3_600_000;
    const events = Array.from({ length: NO_DATA_AFTER_MS / 1000 + 2 }, (_, second) =>
      ward.give({ type: 'tick', atMs: back + second * 1000 }),
    ).flat();
    expect(changes(events)).toEqual(['no-data raised on']);
  });

  it('is raised for a device that connects and never sends', () => {
    const ward = new Ward();
    ward.pass(2);
    ward.give({
      type: 'link',
      patient: 'P-01',
      origin: 'live',
      device: 'w',
      reason: '',
      connected: true,
      atMs: START_MS,
    });
    expect(ward.pass(NO_FIRST_DATA_AFTER_MS / 1000 - 1)).toEqual([]);
    expect(ward.pass(2)[0]?.text).toBe('No data for 30 s although the device is connected');
  });

  it('is not ended, and nothing raised, by a backlog that the processor catches up with', () => {
    const ward = new Ward();
    ward.pass(20, 80);
    ward.pass(120);
    for (let window = 10; window < 40; window++) {
      ward.give({ type: 'vitals', vital: vitalOf(window, 150) });
      ward.pass(1);
    }
    expect(changes(ward.events)).toEqual(['no-data raised on']);
  });

  it('says whether the device is connected, by the newest word of it', () => {
    const link = {
      type: 'link',
      patient: 'P-01',
      origin: 'live',
      device: 'w',
      reason: 'closed',
    } as const;
    const ward = new Ward();
    ward.pass(20, 80);
    ward.give({ ...link, connected: false, atMs: START_MS + 2 });
    ward.give({ ...link, connected: true, atMs: START_MS + 1 });
    const [raised] = ward.pass(20);
    expect(raised?.text).toBe('No data for 15 s: the device is not connected');
  });

  it('is not deceived by backfill or by a repeated result', () => {
    const ward = new Ward();
    ward.pass(20, 80);
    for (let i = 0; i < 20; i++) {
      ward.give({ type: 'vitals', vital: { ...vitalOf(500 + i, 150), lane: 'backfill' } });
      ward.give({ type: 'vitals', vital: vitalOf(3, 150) });
      ward.pass(1);
    }
    expect(changes(ward.events)).toEqual(['no-data raised on']);
  });
});

describe('the reducer', () => {
  it('gives the same events from the same records, also over a restart at any point', () => {
    const ward = new Ward();
    ward.pass(30, 130);
    ward.acknowledge(ward.events[0]!);
    ward.pass(30, 90);
    ward.pass(30);
    ward.pass(10, 40);
    expect(ward.events.length).toBeGreaterThan(3);
    for (const cut of [1, 17, 40, 77]) {
      const first = newMachine();
      const events = ward.records.slice(0, cut).flatMap((record) => first.apply(record));
      const saved = JSON.parse(
        JSON.stringify({ ward: first.ward, patients: first.takeTouched() }),
      ) as {
        ward: WardState;
        patients: ReturnType<AlarmMachine['takeTouched']>;
      };
      const second = new AlarmMachine(saved.ward, saved.patients);
      events.push(...ward.records.slice(cut).flatMap((record) => second.apply(record)));
      expect(JSON.stringify(events)).toBe(JSON.stringify(ward.events));
    }
  });

  it('listens to one device of a patient at a time', () => {
    const ward = new Ward();
    for (let window = 0; window < 40; window++) {
      ward.give({ type: 'vitals', vital: vitalOf(window, 130) });
      ward.give({ type: 'vitals', vital: { ...vitalOf(window, 80), device: 'other' } });
      ward.pass(2);
    }
    expect(changes(ward.events)).toEqual(['heart-rate-high raised on']);
  });

  it('keeps patients apart', () => {
    const ward = new Ward();
    const [raised] = ward.pass(20, 130);
    ward.give({ type: 'vitals', vital: vitalOf(0, 80, 'P-02') });
    expect(ward.acknowledge(raised!, 'P-02')).toEqual([]);
    expect(ward.acknowledge(raised!, 'P-01')).toHaveLength(1);
  });
});
