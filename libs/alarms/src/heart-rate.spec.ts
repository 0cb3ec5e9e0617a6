import { describe, expect, it } from '@jest/globals';
import { ALARM_RULES, estimateTotalDelayMs, totalDelayMs } from './alarm-rules.js';
import { LIMITS, Ward, alarmsOf, changes } from './testing/ward.js';

const HIGH = ALARM_RULES['heart-rate-high'];

describe('heart-rate limits', () => {
  it('raise only after the delay, and say why', () => {
    const ward = new Ward();
    ward.pass(20, { bpm: 80 });
    expect(ward.pass(HIGH.raiseDelayMs / 1000 + 1, { bpm: 130 })).toEqual([]);
    const [raised] = alarmsOf(ward.pass(1, { bpm: 130 }));
    expect(raised).toMatchObject({
      rule: 'heart-rate-high',
      signal: 'on',
      priority: 'medium',
      valueBpm: 130,
      lowBpm: 126,
      highBpm: 134,
      limitBpm: 120,
      limitBecause: 'ward',
      limit: 'on',
      activity: 'rest',
      quality: 0.9,
      withheld: null,
      model: { name: 'hr', version: '1' },
      escalation: 'bedside',
      silencedBy: null,
      text: 'HR 130 (126–134) above 120 at rest for 10 s',
      samples: { device: 'P-01-watch', bootId: 'b', toMonotonicUs: raisedAtUs(14) + 5e6 },
    });
    expect(raised?.samples?.fromMonotonicUs).toBe(raisedAtUs(14) - 15e6);
    expect(ward.pass(60, { bpm: 130 })).toEqual([]);
  });

  it.each([
    ['heart-rate-high', 28_000, 33_000],
    ['heart-rate-low', 28_000, 33_000],
    ['heart-rate-extreme-high', 22_000, 33_000],
    ['heart-rate-extreme-low', 22_000, 33_000],
    ['fall', 6_000, null],
  ] as const)('disclose either way to %s', (rule, totalMs, byEstimateMs) => {
    expect(totalDelayMs(rule)).toBe(totalMs);
    expect(estimateTotalDelayMs(rule)).toBe(byEstimateMs);
  });

  it('wait 15 s for an estimate whose interval is not all beyond', () => {
    const ward = new Ward();
    ward.pass(20, { bpm: 80 });
    expect(ward.pass(16, { bpm: 123 })).toEqual([]);
    const [raised] = alarmsOf(ward.pass(1, { bpm: 123 }));
    expect(raised?.text).toBe('HR 123 (119–127) above 120 at rest for 15 s');
  });

  it.each([
    ['high', 124.01, 10],
    ['high', 124, 15],
    ['high', 120.01, 15],
    ['high', 120, null],
    ['high', 119.99, null],
    ['low', 40.99, 10],
    ['low', 41, 15],
    ['low', 44.99, 15],
    ['low', 45, null],
    ['low', 45.01, null],
    ['extreme-high', 144.01, 4],
    ['extreme-high', 144, 15],
    ['extreme-high', 140.01, 15],
    ['extreme-high', 140, null],
    ['extreme-low', 30.99, 4],
    ['extreme-low', 31, 15],
    ['extreme-low', 34.99, 15],
    ['extreme-low', 35, null],
  ] as const)('%s: %d BPM is signalled after %s s', (side, bpm, seconds) => {
    const ward = new Ward();
    ward.pass(20, { bpm: 80 });
    // the first result beyond the limit comes after the second tick from here
    const from = ward.nowMs + 2_000;
    const raised = alarmsOf(ward.pass(60, { bpm })).find(
      ({ rule, change }) => rule === `heart-rate-${side}` && change === 'raised',
    );
    expect(raised === undefined ? null : (raised.atMs - from) / 1000).toBe(seconds);
  });

  it('are quiet for a short excursion', () => {
    const ward = new Ward();
    ward.pass(8, { bpm: 150 });
    ward.pass(60, { bpm: 100 });
    expect(changes(ward.events).filter((one) => !one.includes('extreme'))).toEqual([]);
  });

  it('say an extreme rate with high priority and let it speak for the ordinary one', () => {
    const ward = new Ward();
    ward.pass(4, { bpm: 80 });
    const events = ward.pass(14, { bpm: 160 });
    expect(changes(events)).toEqual([
      'heart-rate-extreme-high raised on',
      'heart-rate-high raised on',
    ]);
    const [extreme, ordinary] = alarmsOf(events);
    expect(extreme).toMatchObject({ priority: 'high', silencedBy: null, limitBpm: 140 });
    expect(extreme?.text).toBe('HR 160 (156–164) above the extreme limit 140 at rest for 4 s');
    expect(ordinary).toMatchObject({ silencedBy: 'heart-rate-extreme-high', limitBpm: 120 });
    ward.acknowledge(extreme);
    expect(changes(ward.pass(12, { bpm: 130 }))).toEqual([
      'heart-rate-extreme-high ended off',
      'heart-rate-high unsilenced on',
    ]);
  });

  it('are held within the hysteresis', () => {
    const ward = new Ward();
    ward.pass(20, { bpm: 130 });
    expect(ward.pass(60, { bpm: 117.01 })).toEqual([]);
    expect(changes(ward.pass(20, { bpm: 117 }))).toEqual([
      'heart-rate-high condition-cleared latched',
    ]);
  });

  it('go on to clear between the levels once they have begun to', () => {
    const ward = new Ward();
    ward.pass(20, { bpm: 130 });
    ward.pass(4, { bpm: 110 });
    expect(changes(ward.pass(10, { bpm: 119 }))).toEqual([
      'heart-rate-high condition-cleared latched',
    ]);
  });

  it('follow changed limits, and end when they are switched off', () => {
    const ward = new Ward();
    ward.pass(4, { bpm: 130 });
    ward.setLimits({ ...LIMITS, heartRateHighBpm: 135 }, 'P-01');
    expect(ward.pass(60, { bpm: 130 })).toEqual([]);
    ward.setLimits(null, 'P-01');
    expect(changes(ward.pass(14, { bpm: 130 }))).toEqual(['heart-rate-high raised on']);
    const off = ward.setLimits({ ...LIMITS, heartRateHighBpm: null });
    expect(alarmsOf(off)).toMatchObject([
      { change: 'ended', limit: 'off', endedBecause: 'limit-off', signal: 'off' },
    ]);
    expect(ward.pass(30, { bpm: 130 })).toEqual([]);
  });

  it('are not known without an admission', () => {
    const ward = new Ward(null);
    ward.setLimits(LIMITS);
    expect(ward.pass(60, { bpm: 190 })).toEqual([]);
  });
});

describe('the reason', () => {
  it.each([
    ['rest', ' at rest'],
    ['walking', ' while walking'],
    ['stairs', ' on stairs'],
    ['running', ' while running'],
    ['other', ' while moving'],
    ['unknown', ''],
  ] as const)('names the activity %s as%s', (activity, words) => {
    const ward = new Ward();
    ward.pass(2, {});
    const [raised] = alarmsOf(ward.pass(14, { bpm: 130, activity }));
    expect(raised?.text).toBe(`HR 130 (126–134) above 120${words} for 10 s`);
  });

  it('counts from the estimate when that was beyond first', () => {
    const ward = new Ward();
    ward.pass(2, {});
    ward.pass(8, { bpm: 123 });
    const [raised] = alarmsOf(ward.pass(10, { bpm: 130 }));
    expect(raised?.text).toBe('HR 130 (126–134) above 120 at rest for 15 s');
  });
});

describe('an uncertain signal', () => {
  it('may raise', () => {
    const ward = new Ward();
    ward.pass(20, { bpm: 80 });
    const [raised] = alarmsOf(ward.pass(20, { bpm: null, estimate: 130, half: 20 }));
    expect(raised).toMatchObject({ rule: 'heart-rate-high', withheld: 'uncertain', valueBpm: 130 });
    expect(raised?.text).toBe('HR 130 (110–150, uncertain) above 120 at rest for 15 s');
  });

  it('never clears', () => {
    const ward = new Ward();
    ward.pass(20, { bpm: 130 });
    ward.pass(25, { bpm: null, estimate: 70 });
    ward.pass(60);
    expect(changes(ward.events).filter((one) => one.startsWith('heart'))).toEqual([
      'heart-rate-high raised on',
    ]);
  });

  it('must be beyond by both opinions when they contradict each other', () => {
    const ward = new Ward();
    const said = { bpm: null, withheld: 'disagreement', estimate: 160 } as const;
    ward.pass(20, { ...said, second: 80 });
    expect(ward.events).toEqual([]);
    expect(changes(ward.pass(20, { ...said, second: 130 }))).toContain('heart-rate-high raised on');
  });

  it.each(['no-signal', 'gap', 'not-worn', 'acquiring'] as const)(
    'says nothing when %s',
    (withheld) => {
      const ward = new Ward();
      ward.pass(28, { bpm: null, withheld, estimate: 160 });
      expect(changes(ward.events).filter((one) => one.startsWith('heart'))).toEqual([]);
    },
  );

  it('does not join two moments into one', () => {
    const ward = new Ward();
    ward.pass(2, { bpm: 130 });
    ward.pass(14, { bpm: null, withheld: 'gap' });
    expect(ward.pass(2, { bpm: 130 })).toEqual([]);
    expect(ward.pass(8, { bpm: 130 })).toEqual([]);
    expect(changes(ward.pass(4, { bpm: 130 }))).toEqual(['heart-rate-high raised on']);
  });
});

describe('a condition that was unknown for a while', () => {
  it.each([
    // the value speaks for 6 s; then it is unknown for 10 s, or for longer
    [14, 'goes on where it was', 16],
    [16, 'begins anew', 28],
  ])('%d s of silence: %s', (silentSeconds, _, raisedAfterSeconds) => {
    const ward = new Ward();
    ward.pass(2, {});
    const from = ward.nowMs + 2_000;
    ward.pass(2, { bpm: 130 });
    ward.pass(silentSeconds);
    const raised = alarmsOf(ward.pass(20, { bpm: 130 })).find((e) => e.rule === 'heart-rate-high');
    expect(((raised?.atMs ?? 0) - from) / 1000).toBe(raisedAfterSeconds);
  });
});

describe('a value', () => {
  it('speaks for its patient for 6 s', () => {
    const ward = new Ward();
    ward.pass(8, { bpm: 130 });
    // crossed at 2 s; the last value came at 8 s, and the delay is over at 12 s
    expect(changes(ward.pass(6))).toEqual(['heart-rate-high raised on']);
    const late = new Ward();
    late.pass(6, { bpm: 130 });
    expect(changes(late.pass(6))).toEqual(['heart-rate-high raised on']);
    const silent = new Ward();
    silent.pass(4, { bpm: 130 });
    expect(silent.pass(8)).toEqual([]);
  });
});

describe('limits by activity', () => {
  const MOVED = {
    ...LIMITS,
    walkingHighBpm: 130,
    runningHighBpm: 160,
    heartRateExtremeHighBpm: 170,
  };

  it('hold while running, and not at rest', () => {
    const ward = new Ward(MOVED);
    ward.pass(12, { bpm: 100, activity: 'running' });
    expect(ward.events).toMatchObject([
      { type: 'limit', heartRateHighBpm: 160, because: 'running', patient: 'P-01' },
    ]);
    expect(ward.pass(60, { bpm: 155, activity: 'running' })).toEqual([]);
    const rest = ward.pass(60, { bpm: 155 });
    expect(rest[0]).toMatchObject({ type: 'limit', heartRateHighBpm: 120, because: 'ward' });
    expect(changes(rest)).toEqual(['limit', 'heart-rate-high raised on']);
  });

  it('are named in the reason', () => {
    const ward = new Ward(MOVED);
    ward.pass(12, { bpm: 100, activity: 'stairs' });
    const [raised] = alarmsOf(ward.pass(14, { bpm: 140, activity: 'stairs' }));
    expect(raised).toMatchObject({ limitBpm: 130, limitBecause: 'walking', activity: 'stairs' });
    expect(raised?.text).toBe(
      'HR 140 (136–144) above 130, the limit for walking, on stairs for 10 s',
    );
  });

  it('are off unless they are set, and need a sure activity', () => {
    const off = new Ward();
    expect(changes(off.pass(24, { bpm: 130, activity: 'running' }))).toEqual([
      'heart-rate-high raised on',
    ]);
    const unsure = new Ward(MOVED);
    unsure.pass(24, { bpm: 130, activity: 'running', confidence: 0.69 });
    expect(changes(unsure.events)).toEqual(['heart-rate-high raised on']);
    const sure = new Ward(MOVED);
    sure.pass(24, { bpm: 130, activity: 'running', confidence: 0.7 });
    expect(changes(sure.events)).toEqual(['limit']);
  });

  it('neither lower a limit nor set one that is off', () => {
    const lower = new Ward({ ...MOVED, walkingHighBpm: 110 });
    lower.pass(12, { bpm: 100, activity: 'walking' });
    expect(lower.pass(20, { bpm: 115, activity: 'walking' })).toEqual([]);
    const off = new Ward({ ...MOVED, heartRateHighBpm: null });
    off.pass(12, { bpm: 100, activity: 'running' });
    expect(off.pass(20, { bpm: 165, activity: 'running' })).toEqual([]);
    const same = new Ward({ ...MOVED, walkingHighBpm: 120 });
    expect(same.pass(12, { bpm: 100, activity: 'walking' })).toEqual([]);
  });

  it('are no longer in force after half a minute of silence, and are told anew when they change', () => {
    const ward = new Ward(MOVED);
    ward.pass(12, { bpm: 100, activity: 'running' });
    const changed = ward.setLimits({ ...MOVED, runningHighBpm: 165 });
    expect(changed).toMatchObject([
      { type: 'limit', heartRateHighBpm: 165, because: 'running', atMs: ward.nowMs },
    ]);
    const id = changed[0]?.type === 'limit' ? changed[0].id : '';
    expect(id).toBe(`P-01:limit:running:165:${ward.nowMs}`);
    const silent = ward.pass(70).filter(({ type }) => type === 'limit');
    expect(silent).toMatchObject([{ heartRateHighBpm: 120, because: 'ward' }]);
  });

  it('are told when the limit that they moved is switched off', () => {
    const ward = new Ward(MOVED);
    ward.pass(12, { bpm: 100, activity: 'running' });
    const off = ward.setLimits({ ...MOVED, heartRateHighBpm: null });
    expect(off).toMatchObject([{ type: 'limit', heartRateHighBpm: null, because: 'ward' }]);
    expect(off[0]).toMatchObject({ id: `P-01:limit:ward:off:${ward.nowMs}` });
  });

  it('are told with the activity that moves them, also when the number is the same', () => {
    const ward = new Ward({ ...MOVED, walkingHighBpm: 150, runningHighBpm: 150 });
    ward.pass(12, { bpm: 100, activity: 'walking' });
    ward.pass(12, { bpm: 100, activity: 'running' });
    expect(ward.events).toMatchObject([
      { heartRateHighBpm: 150, because: 'walking' },
      { heartRateHighBpm: 150, because: 'running' },
    ]);
  });

  it('end exactly half a minute after the last word of a silent device, and its time to end', () => {
    const ward = new Ward(MOVED);
    ward.pass(12, { bpm: 100, activity: 'running' });
    const told = (seconds: number) => ward.pass(seconds).filter(({ type }) => type === 'limit');
    // silent for 30 s: from the 31st on it counts as rest, and rest must last 30 s
    expect(told(60)).toEqual([]);
    expect(told(1)).toHaveLength(1);
  });

  it('never move an extreme limit', () => {
    const ward = new Ward({ ...MOVED, heartRateExtremeHighBpm: 165 });
    ward.pass(12, { bpm: 100, activity: 'running' });
    expect(changes(ward.pass(6, { bpm: 175, activity: 'running' }))).toEqual([
      'heart-rate-extreme-high raised on',
    ]);
  });
});

/** End of the window that is current at this count of windows. */
function raisedAtUs(window: number): number {
  return (2 * window + 8) * 1e6;
}
