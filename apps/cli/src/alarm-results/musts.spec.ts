import { describe, expect, it } from '@jest/globals';
import { mustsOf } from './musts.js';
import type { ScoredEpisode } from './score-alarms.js';
import type { LimitScore, ScoredRecording } from './score-recordings.js';

const episode = (words: Partial<ScoredEpisode> = {}): ScoredEpisode => ({
  onsetS: 100,
  dueS: 110,
  endS: 200,
  beyondS: 100,
  peakBpm: 150,
  outcome: 'raised',
  delayS: 20,
  visible: 1,
  ...words,
});
const MISSED = { outcome: 'missed', delayS: null } as const;
const falseAlarm = {
  raisedS: 10,
  endS: 20,
  isFalse: true,
  isStrictlyFalse: true,
  highestBpm: 80,
};

/** One hour of movement; every limit has had the same. */
function hour(words: Partial<LimitScore>): ScoredRecording {
  const limits = [100, 120, 140, 160].map((limitBpm): LimitScore => ({
    limitBpm,
    episodes: [],
    alarms: [],
    seen: [],
    ...words,
  }));
  return { device: 'd', recordedS: 4000, movingS: 3600, limits };
}

const reached = (words: Partial<LimitScore>) =>
  mustsOf([hour(words)]).map(({ isReached }) => isReached);

describe('mustsOf', () => {
  it('is content with alarms in time', () => {
    expect(reached({ episodes: [episode()] })).toEqual([true, true, true, true]);
  });

  it.each<[string, Partial<ScoredEpisode>, boolean]>([
    ['a missed episode', MISSED, false],
    ['one that was found out too late', { outcome: 'late', delayS: null }, false],
    ['a missed one of just 30 s', { ...MISSED, endS: 130 }, false],
    ['a shorter one', { ...MISSED, endS: 129 }, true],
    ['one whose pulse nobody can see', { ...MISSED, visible: 0.4 }, true],
    ['one with an alarm from before', { outcome: 'already-on', delayS: null }, true],
  ])('judges %s', (_, words, expected) => {
    expect(reached({ episodes: [episode(), episode(words)] })[0]).toBe(expected);
  });

  it('allows one false alarm per hour', () => {
    const of = (count: number) =>
      reached({ episodes: [episode()], alarms: Array.from({ length: count }, () => falseAlarm) });
    expect([of(1)[1], of(2)[1]]).toEqual([true, false]);
    expect(reached({ alarms: [falseAlarm, { ...falseAlarm, isFalse: false }] })[1]).toBe(true);
  });

  it('allows a median of 12 s beyond the delay, of all limits and of each', () => {
    expect(reached({ episodes: [episode({ delayS: 22 })] }).slice(2)).toEqual([true, true]);
    expect(reached({ episodes: [episode({ delayS: 23 })] }).slice(2)).toEqual([false, false]);
    const slow = hour({ episodes: [episode()] });
    slow.limits[3]!.episodes = [episode({ delayS: 40 })];
    expect(mustsOf([slow]).map(({ isReached }) => isReached)).toEqual([true, true, true, false]);
  });

  it('has nothing to show without an alarm', () => {
    expect(mustsOf([hour({})])[2]).toMatchObject({ reached: '–', isReached: false });
  });
});
