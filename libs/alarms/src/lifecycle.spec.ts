import { describe, expect, it } from '@jest/globals';
import {
  type AlarmEvent,
  type AlarmPriority,
  AUDIO_PAUSE_MS,
  ESCALATION,
  type EventRecord,
  REMIND_AFTER_MS,
} from '@app/contracts';
import { vitalOf } from './testing/vital-of.js';
import { LIMITS, START_MS, Ward, alarmsOf, changes } from './testing/ward.js';

const isExtreme = ({ rule }: AlarmEvent) => rule === 'heart-rate-extreme-high';
const at = (event: AlarmEvent | undefined) => event?.atMs ?? 0;

describe('an alarm', () => {
  it('latches when the condition ends unseen, and ends by acknowledgement alone', () => {
    const ward = new Ward();
    const [raised] = alarmsOf(ward.pass(20, { bpm: 130 }));
    expect(changes(ward.pass(20, { bpm: 90 }))).toEqual([
      'heart-rate-high condition-cleared latched',
    ]);
    expect(ward.pass(100, { bpm: 90 })).toEqual([]);
    expect(alarmsOf(ward.acknowledge(raised))).toMatchObject([
      { change: 'ended', signal: 'off', endedBecause: 'acknowledged', acknowledgedBy: 'nurse' },
    ]);
  });

  it('keeps value and reason of its cause over its life', () => {
    const ward = new Ward();
    ward.pass(20, { bpm: 130 });
    const [latched] = alarmsOf(ward.pass(20, { bpm: 90 }));
    expect(latched).toMatchObject({
      condition: 'absent',
      valueBpm: 130,
      text: 'HR 130 (126–134) above 120 at rest for 10 s',
    });
  });

  it('calls again by its own name when its condition comes back while latched', () => {
    const ward = new Ward();
    const [raised] = alarmsOf(ward.pass(20, { bpm: 130 }));
    ward.pass(20, { bpm: 90 });
    const [again] = alarmsOf(ward.pass(20, { bpm: 135 }));
    expect(again).toMatchObject({ change: 'raised', signal: 'on', valueBpm: 135 });
    expect(again?.alarmId).toBe(raised?.alarmId);
    expect(again?.id).not.toBe(raised?.id);
  });

  it('stays acknowledged while present and ends by itself', () => {
    const ward = new Ward();
    const [raised] = alarmsOf(ward.pass(20, { bpm: 130 }));
    const [acknowledged] = alarmsOf(ward.acknowledge(raised));
    expect(acknowledged).toMatchObject({
      signal: 'ack',
      acknowledgedBy: 'nurse',
      acknowledgedMs: ward.nowMs,
      note: 'seen',
    });
    expect(ward.acknowledge(raised)).toEqual([]);
    expect(ward.pass(60, { bpm: 130 })).toEqual([]);
    expect(alarmsOf(ward.pass(20, { bpm: 90 }))).toMatchObject([
      { change: 'ended', endedBecause: 'condition-over', acknowledgedBy: 'nurse' },
    ]);
    expect(alarmsOf(ward.pass(20, { bpm: 130 }))).toMatchObject([
      { change: 'raised', signal: 'on', acknowledgedBy: null, note: null },
    ]);
    const ids = alarmsOf(ward.events).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('reminds while it is acknowledged and not over, again and again', () => {
    const ward = new Ward();
    const [raised] = alarmsOf(ward.pass(20, { bpm: 130 }));
    ward.acknowledge(raised);
    const seconds = REMIND_AFTER_MS / 1000;
    expect(ward.pass(seconds - 1, { bpm: 130 })).toEqual([]);
    expect(changes(ward.pass(1, { bpm: 130 }))).toEqual(['heart-rate-high reminded ack']);
    expect(ward.pass(seconds - 1, { bpm: 130 })).toEqual([]);
    expect(changes(ward.pass(1, { bpm: 130 }))).toEqual(['heart-rate-high reminded ack']);
  });

  it('goes further in fixed steps while it is unanswered', () => {
    const ward = new Ward();
    const [raised] = alarmsOf(ward.pass(13, { bpm: 130 }));
    const after = (event: AlarmEvent | undefined) => at(event) - at(raised);
    const escalated = alarmsOf(ward.pass(400, { bpm: 130 }));
    expect(changes(escalated)).toEqual(Array(2).fill('heart-rate-high escalated on'));
    expect(escalated.map(({ escalation }) => escalation)).toEqual(['ward', 'webhook']);
    expect(escalated.map(after)).toEqual([ESCALATION.medium.ward, ESCALATION.medium.webhook]);
    ward.acknowledge(raised);
    ward.pass(20, { bpm: 90 });
    const [next] = alarmsOf(ward.pass(13, { bpm: 130 }));
    expect(next).toMatchObject({ change: 'raised', escalation: 'bedside' });
  });

  it('of high priority goes further sooner, and not while acknowledged, latched or of low priority', () => {
    const ward = new Ward();
    const [raised] = alarmsOf(ward.pass(8, { bpm: 160 }));
    expect(raised?.priority).toBe('high');
    const steps = alarmsOf(ward.pass(70, { bpm: 160 })).filter((e) => e.change === 'escalated');
    expect(steps.map(({ rule, escalation }) => `${rule} ${escalation}`)).toEqual([
      'heart-rate-extreme-high ward',
      'heart-rate-extreme-high webhook',
    ]);
    expect((steps[0]?.atMs ?? 0) - (raised?.atMs ?? 0)).toBe(ESCALATION.high.ward);
    expect((steps[1]?.atMs ?? 0) - (raised?.atMs ?? 0)).toBe(ESCALATION.high.webhook);
    const quiet = new Ward();
    quiet.pass(13, { bpm: 130 });
    quiet.pass(400, { bpm: 80, battery: 0.1 });
    expect(changes(quiet.events).filter((one) => one.includes('escalated'))).toEqual([]);
  });

  it('goes on from where it was when it comes back while latched', () => {
    const ward = new Ward();
    const [raised] = alarmsOf(ward.pass(6, { bpm: 160 }));
    // 22 s on, latched for a minute, and on again: 8 s later it has called for 30 s
    ward.pass(14, { bpm: 160 });
    const [, latched] = alarmsOf(ward.pass(60, { bpm: 90 })).filter(isExtreme);
    expect(latched).toBeUndefined();
    const onMs = at(alarmsOf(ward.events).filter(isExtreme).at(-1)) - at(raised);
    const [again, ward30] = alarmsOf(ward.pass(20, { bpm: 160 })).filter(isExtreme);
    expect(again).toMatchObject({ change: 'raised', escalation: 'bedside', priority: 'high' });
    expect(ward30).toMatchObject({ change: 'escalated', escalation: 'ward' });
    expect(at(ward30) - at(again) + onMs).toBe(ESCALATION.high.ward);
    ward.pass(20, { bpm: 90 });
    expect(alarmsOf(ward.pass(8, { bpm: 160 })).filter(isExtreme)).toMatchObject([
      { change: 'raised', escalation: 'ward' },
    ]);
  });

  it('counts no time in which another one spoke for it, over a latch either', () => {
    const ward = new Ward();
    ward.pass(20, { bpm: 160 });
    ward.pass(20, { bpm: 90 });
    const [extreme] = alarmsOf(ward.events).filter(isExtreme);
    ward.acknowledge(extreme);
    ward.pass(200, { bpm: 90 });
    const [again] = alarmsOf(ward.pass(13, { bpm: 130 }));
    expect(again).toMatchObject({ rule: 'heart-rate-high', change: 'raised', silencedBy: null });
    const [further] = alarmsOf(ward.pass(130, { bpm: 130 }));
    expect(at(further) - at(again)).toBe(ESCALATION.medium.ward);
  });

  it('is not acknowledged by who saw it before it became more urgent', () => {
    const ward = new Ward();
    ward.pass(4, {});
    const [low] = alarmsOf(ward.pass(40)).filter(({ rule }) => rule === 'check-patient');
    ward.pass(100);
    const [medium] = alarmsOf(ward.events).filter(({ change }) => change === 'worsened');
    expect([low?.priority, medium?.priority]).toEqual(['low', 'medium']);
    const { patient, alarmId } = low ?? { patient: '', alarmId: '' };
    const record = { type: 'acknowledge', patient, alarmId, by: 'AB', note: null } as const;
    const give = (priority?: AlarmPriority) =>
      changes(
        ward.give({ ...record, atMs: ward.nowMs, ...(priority === undefined ? {} : { priority }) }),
      );
    expect(give('low')).toEqual([]);
    expect(give('medium')).toEqual(['check-patient acknowledged ack']);
    const before = new Ward();
    const [raised] = alarmsOf(before.pass(20, { bpm: 130 }));
    // of an earlier version, and more urgent than it is
    expect(before.acknowledge(raised)).toHaveLength(1);
  });

  it('is acknowledged by its own name and patient alone', () => {
    const ward = new Ward();
    const [raised] = alarmsOf(ward.pass(20, { bpm: 130 }));
    ward.admit('P-02');
    ward.pass(2, { patient: 'P-02' });
    expect(ward.acknowledge(raised, 'P-02')).toEqual([]);
    expect(ward.acknowledge(raised, 'P-03')).toEqual([]);
    expect(ward.acknowledge(undefined)).toEqual([]);
    expect(ward.acknowledge(raised)).toHaveLength(1);
  });
});

describe('sound', () => {
  it('is paused for two minutes at most, and always comes back', () => {
    const ward = new Ward();
    ward.pass(20, { bpm: 130 });
    expect(ward.pauseAudio(3_600_000)).toMatchObject([
      {
        type: 'audio',
        id: `P-01:audio:asked:${ward.nowMs}`,
        audio: 'paused',
        because: 'asked',
        untilMs: ward.nowMs + AUDIO_PAUSE_MS,
        by: 'nurse',
      },
    ]);
    const sounds = (events: EventRecord[]) => events.filter(({ type }) => type === 'audio');
    expect(sounds(ward.pass(AUDIO_PAUSE_MS / 1000 - 1, { bpm: 130 }))).toEqual([]);
    expect(sounds(ward.pass(1, { bpm: 130 }))).toMatchObject([
      { audio: 'on', because: 'time-over', untilMs: null },
    ]);
  });

  it('comes back although the clock was set back', () => {
    const ward = new Ward();
    ward.pass(4, {});
    ward.pauseAudio();
    ward.second -= 36_000;
    // the first tick after the step moves no clock
    expect(ward.pass(AUDIO_PAUSE_MS / 1000, {})).toEqual([]);
    expect(changes(ward.pass(1, {}))).toEqual(['audio']);
  });

  it('comes back at once after a long outage', () => {
    const ward = new Ward();
    ward.pass(4, {});
    ward.pauseAudio();
    ward.second += AUDIO_PAUSE_MS / 1000 - 2;
    expect(ward.tick()).toEqual([]);
    expect(changes(ward.tick())).toEqual(['audio']);
  });

  it('breaks through for a new alarm, and for a higher one', () => {
    const ward = new Ward();
    ward.pass(20, { bpm: 130 });
    ward.pauseAudio();
    expect(ward.pass(8, { bpm: 160 })).toMatchObject([
      { rule: 'heart-rate-extreme-high', change: 'raised' },
      { type: 'audio', audio: 'on', because: 'new-alarm' },
      { rule: 'heart-rate-high', change: 'silenced' },
    ]);
  });

  it('does not break through for what another alarm speaks for', () => {
    const ward = new Ward();
    const said = { bpm: null, withheld: 'no-signal' } as const;
    ward.pass(2, {});
    ward.pass(32, said);
    ward.pauseAudio();
    const events = ward.pass(20, { ...said, worn: false });
    expect(changes(events)).toEqual(['sensor-off raised on']);
    expect(alarmsOf(events)[0]).toMatchObject({ silencedBy: 'check-patient' });
  });

  it('is not paused by a pause of no time, or of nobody', () => {
    const ward = new Ward();
    ward.pass(2, {});
    expect(ward.pauseAudio(0)).toEqual([]);
    expect(ward.pauseAudio(-5)).toEqual([]);
    expect(ward.pauseAudio(1000, 'P-09')).toEqual([]);
  });
});

describe('a fall', () => {
  it('calls at once, and stays until somebody has seen it', () => {
    const ward = new Ward();
    ward.pass(4, {});
    const events = ward.vital({ fall: { score: 0.8 } });
    const [raised] = alarmsOf(events);
    expect(raised).toMatchObject({
      rule: 'fall',
      priority: 'medium',
      text: 'Blow like a fall, score 0.80',
    });
    expect(raised?.samples).toMatchObject({ fromMonotonicUs: 0, toMonotonicUs: 14e6 });
    expect(ward.pass(60, {})).toEqual([]);
    expect(changes(ward.acknowledge(raised))).toEqual(['fall acknowledged ack', 'fall ended off']);
    expect(ward.pass(60, {})).toEqual([]);
  });

  it.each([
    [0.79, 2, null],
    [0.81, 1.4, 'medium'],
    [0.81, 1.5, 'high'],
    [1, 2, 'high'],
  ] as const)('with score %d and %d s of stillness: %s', (score, stillSeconds, priority) => {
    const ward = new Ward();
    ward.pass(4, {});
    const [raised] = alarmsOf(ward.vital({ fall: { score, stillSeconds } }));
    expect(raised?.priority ?? null).toBe(priority);
    if (priority === 'high') expect(raised?.text).toContain(`still for ${stillSeconds} s after it`);
  });

  it('calls again for a second blow, and not for the same one twice', () => {
    const ward = new Ward();
    ward.pass(4, {});
    const fall = { score: 0.9, atMonotonicUs: 5e6 };
    const [raised] = alarmsOf(ward.vital({ fall }));
    ward.acknowledge(raised);
    expect(ward.vital({ fall })).toEqual([]);
    ward.tick();
    expect(changes(ward.vital({ fall: { ...fall, atMonotonicUs: 6e6 } }))).toEqual([
      'fall raised on',
    ]);
  });

  it.each([
    ['of the same boot and time', {}, false],
    ['of another boot', { bootId: 'c' }, true],
    ['of another time', { fall: { score: 0.9, atMonotonicUs: 6e6 } }, true],
  ])('that was seen already is told again when it is one %s', (_, words, isAgain) => {
    const ward = new Ward();
    ward.pass(4, {});
    const fall = { score: 0.9, atMonotonicUs: 5e6 };
    ward.acknowledge(alarmsOf(ward.vital({ fall }))[0]);
    expect(ward.vital({ fall, ...words })).toHaveLength(isAgain ? 1 : 0);
  });

  it('of a device taken over is another one', () => {
    const ward = new Ward(null);
    ward.setLimits(LIMITS);
    const device = { position: 'wrist', mode: 'continuous', sinceMs: 0 } as const;
    ward.admit('P-01', { devices: [{ ...device, device: 'a' }] });
    ward.tick();
    const fall = { score: 0.9, atMonotonicUs: 5e6 };
    ward.acknowledge(alarmsOf(ward.vital({ device: 'a', fall }))[0]);
    ward.admit('P-01', { devices: [{ ...device, device: 'b' }] });
    expect(changes(ward.vital({ device: 'b', fall }))).toEqual(['fall raised on']);
  });

  it('worsens when a second blow is followed by stillness', () => {
    const ward = new Ward();
    ward.pass(4, {});
    ward.vital({ fall: { score: 0.9 } });
    const [worse] = alarmsOf(ward.vital({ fall: { score: 0.9, stillSeconds: 2 } }));
    expect(worse).toMatchObject({ change: 'worsened', priority: 'high' });
  });

  it('is not missed by a processor that does not look for falls', () => {
    const ward = new Ward();
    ward.pass(4, {});
    const { fall: _fall, ...vital } = vitalOf(10, ward.nowMs, {});
    expect(ward.give({ type: 'vitals', vital })).toEqual([]);
  });

  it('is seen by a device whose other results are not listened to', () => {
    const ward = twoDevices();
    ward.pass(4, { device: 'a' });
    const fall = { score: 0.9, atMonotonicUs: 5e6 };
    const [raised] = alarmsOf(ward.vital({ device: 'b', bpm: null, fall }));
    expect(raised).toMatchObject({ rule: 'fall', samples: { device: 'b' } });
    ward.acknowledge(raised);
    expect(ward.vital({ device: 'b', bpm: null, fall })).toEqual([]);
    ward.second -= 40;
    expect(ward.vital({ device: 'b', bpm: null, fall: { ...fall, atMonotonicUs: 6e6 } })).toEqual(
      [],
    );
  });

  it('of the past is not told again by a repetition', () => {
    const ward = twoDevices();
    ward.pass(4, { device: 'a' });
    const fall = (atMonotonicUs: number) =>
      alarmsOf(ward.vital({ device: 'b', bpm: null, fall: { score: 0.9, atMonotonicUs } }));
    ward.acknowledge(fall(5e6)[0]);
    ward.acknowledge(fall(9e6)[0]);
    expect(fall(5e6)).toEqual([]);
    expect(fall(9e6)).toEqual([]);
    expect(fall(10e6)).toHaveLength(1);
  });

  it('of an earlier boot is not told again by a repetition', () => {
    const ward = new Ward();
    ward.pass(4, {});
    const fall = (bootId: string, second: number) =>
      alarmsOf(
        ward.give({
          type: 'vitals',
          vital: vitalOf(9, START_MS + second * 1000, {
            bootId,
            fall: { score: 0.9, atMonotonicUs: 5e6 },
          }),
        }),
      );
    ward.acknowledge(fall('b', 4)[0]);
    ward.acknowledge(fall('c', 5)[0]);
    expect(fall('b', 4)).toEqual([]);
  });

  it('counts no more once the patient was off the ward, or when it was there', () => {
    const ward = new Ward();
    ward.pass(4, {});
    ward.vital({ fall: { score: 0.9 } });
    const offWard = { reason: 'X-ray', sinceMs: ward.nowMs };
    expect(changes(ward.admit('P-01', { offWard }))).toEqual(['fall ended off']);
    ward.pass(4, {});
    expect([...ward.admit(), ...ward.pass(4, {})]).toEqual([]);
    ward.admit('P-01', { offWard });
    ward.vital({ fall: { score: 0.9 } });
    expect([...ward.admit(), ...ward.pass(4, {})]).toEqual([]);
  });

  it('is not looked for in a backlog', () => {
    const ward = new Ward();
    ward.pass(4, {});
    expect(ward.vital({ fall: { score: 0.9 }, lane: 'backfill' })).toEqual([]);
  });
});

function twoDevices(): Ward {
  const ward = new Ward();
  const device = { position: 'wrist', mode: 'continuous', sinceMs: 0 } as const;
  ward.admit('P-01', {
    devices: [
      { ...device, device: 'a' },
      { ...device, device: 'b' },
    ],
  });
  return ward;
}

describe('two alarms of one rule in one second', () => {
  it('have names of their own', () => {
    const ward = new Ward();
    ward.pass(4, {});
    const ids = [1, 2, 3].map((n) => {
      const [raised] = alarmsOf(ward.vital({ fall: { score: 0.9, atMonotonicUs: n * 1e6 } }));
      ward.acknowledge(raised);
      return raised?.alarmId;
    });
    expect(new Set(ids).size).toBe(3);
  });
});
