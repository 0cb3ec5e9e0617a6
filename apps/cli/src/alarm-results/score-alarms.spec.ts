import { describe, expect, it } from '@jest/globals';
import { isLong, isMissed, isUsable, scoreAlarms } from './score-alarms.js';

const LIMIT = 120;
/** From 100 to 159 s beyond the limit. */
const EPISODE = { onsetS: 100, dueS: 110, endS: 160, beyondS: 60, peakBpm: 130 };
const curve = (inside = 90, beyond = 130) => ({
  fromS: 0,
  bpm: Array.from({ length: 400 }, (_, s) => (s >= 100 && s < 160 ? beyond : inside)),
});
const VISIBLE = Array.from({ length: 200 }, () => true);

const outcome = (...alarms: [raisedS: number, endS: number][]) =>
  scoreAlarms(
    [EPISODE],
    alarms.map(([raisedS, endS]) => ({ raisedS, endS })),
    curve(),
    LIMIT,
    VISIBLE,
  ).episodes[0]!;

describe('an episode', () => {
  it.each<[string, [number, number][], string, number | null]>([
    ['no alarm', [], 'missed', null],
    ['an alarm in it', [[119, 180]], 'raised', 19],
    ['an alarm at its last moment', [[160, 180]], 'raised', 60],
    ['an alarm sooner than the rule on the reference', [[104, 180]], 'raised', 4],
    ['an alarm that began before', [[90, 180]], 'already-on', null],
    ['an alarm that ended before it was due', [[90, 109]], 'missed', null],
    ['an alarm right after it', [[161, 200]], 'late', null],
    ['an alarm 18 s after it', [[178, 200]], 'late', null],
    ['an alarm about something else', [[179, 200]], 'missed', null],
    [
      'two alarms: the first counts',
      [
        [119, 130],
        [150, 180],
      ],
      'raised',
      19,
    ],
  ])('%s', (_, alarms, expected, delayS) => {
    expect(outcome(...alarms)).toMatchObject({ outcome: expected, delayS });
  });

  it('that is found out too late is missed', () => {
    expect([outcome([161, 200]), outcome(), outcome([119, 180])].map(isMissed)).toEqual([
      true,
      true,
      false,
    ]);
  });

  it.each([
    [129, false],
    [130, true],
  ])('counts from 30 s on: until %d s', (endS, expected) => {
    expect(isLong({ ...EPISODE, endS })).toBe(expected);
  });

  it.each([
    ['half', 0.5, true],
    ['less than half', 0.46, false],
  ])('is usable when the pulse is visible in %s of it', (_, share, expected) => {
    // windows whose middle, 2k + 4 s, lies from 100 to 160 s: 48 to 78
    const episode = { ...EPISODE, endS: 158 };
    const visible = VISIBLE.map((__, k) => k >= 48 && k < 48 + Math.ceil(30 * share));
    const [scored] = scoreAlarms([episode], [], curve(), LIMIT, visible).episodes;
    expect(isUsable(scored!)).toBe(expected);
  });

  it('without a window is not usable', () => {
    const [scored] = scoreAlarms([EPISODE], [], curve(), LIMIT, []).episodes;
    expect(scored!.visible).toBe(0);
  });
});

describe('an alarm', () => {
  const alarmAt = (raisedS: number, bpm = curve()) =>
    scoreAlarms([], [{ raisedS, endS: raisedS + 30 }], bpm, LIMIT, VISIBLE).alarms[0]!;

  it.each<[string, number, ReturnType<typeof curve>, boolean, boolean]>([
    ['while the reference is beyond', 120, curve(), false, false],
    ['15 s after it was', 174, curve(), false, false],
    ['later than the longest delay, within the window', 175, curve(), true, false],
    ['23 s after it was', 182, curve(), true, false],
    ['later still', 183, curve(), true, true],
    ['before it is', 99, curve(), true, true],
    ['at the limit', 120, curve(90, 120), true, false],
    ['a little inside', 120, curve(90, 117.1), true, false],
    ['3 BPM inside', 120, curve(90, 117), true, true],
  ])('%s', (_, raisedS, bpm, isStrictlyFalse, isFalse) => {
    expect(alarmAt(raisedS, bpm)).toMatchObject({ isStrictlyFalse, isFalse });
  });

  it('says how high the reference was', () => {
    expect(alarmAt(183).highestBpm).toBe(90);
    expect(alarmAt(182).highestBpm).toBe(130);
  });
});
