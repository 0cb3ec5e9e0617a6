import { RAISE_S } from './reference-episodes.js';
import { type ScoredEpisode, isLong, isMissed, isUsable } from './score-alarms.js';
import { LIMITS_BPM, type ScoredRecording } from './score-recordings.js';

/** s. */
export interface Delays {
  median: number;
  p90: number;
  most: number;
  /** The median less the rule's own delay. */
  beyondDelay: number;
}

/** All recordings of a set at one limit. Episodes are those of 30 s and more, where nothing else is said. */
export interface PooledScore {
  limitBpm: number;
  episodes: number;
  missed: number;
  /** Whose pulse can be seen. */
  usable: number;
  usableMissed: number;
  /** Of the missed ones: an alarm came after the end. */
  late: number;
  short: number;
  shortMissed: number;
  alarms: number;
  falseAlarms: number;
  strictlyFalse: number;
  falsePerHour: number;
  /** Of all episodes in which an alarm was raised, short ones too; null without any. */
  onsetToAlarmS: Delays | null;
  alreadyOn: number;
}

/** Hours with a moving wrist: what false alarms are divided by. */
export const hoursMoving = (recordings: readonly ScoredRecording[]): number =>
  recordings.reduce((sum, { movingS }) => sum + movingS, 0) / 3600;

export function pooledScores(recordings: readonly ScoredRecording[]): PooledScore[] {
  return LIMITS_BPM.map((limitBpm, i) => {
    const own = recordings.map(({ limits }) => limits[i]!);
    const all = own.flatMap(({ episodes }) => episodes);
    const long = all.filter(isLong);
    const usable = long.filter(isUsable);
    const short = all.filter((episode) => !isLong(episode));
    const alarms = own.flatMap((one) => one.alarms);
    const falseAlarms = alarms.filter(({ isFalse }) => isFalse).length;
    return {
      limitBpm,
      episodes: long.length,
      missed: long.filter(isMissed).length,
      usable: usable.length,
      usableMissed: usable.filter(isMissed).length,
      late: long.filter(({ outcome }) => outcome === 'late').length,
      short: short.length,
      shortMissed: short.filter(isMissed).length,
      alarms: alarms.length,
      falseAlarms,
      strictlyFalse: alarms.filter(({ isStrictlyFalse }) => isStrictlyFalse).length,
      falsePerHour: falseAlarms / hoursMoving(recordings),
      onsetToAlarmS: delaysOf(all),
      alreadyOn: all.filter(({ outcome }) => outcome === 'already-on').length,
    };
  });
}

/** Over all limits together. */
export function delaysOver(recordings: readonly ScoredRecording[]): Delays | null {
  return delaysOf(recordings.flatMap(({ limits }) => limits.flatMap(({ episodes }) => episodes)));
}

/** By nearest rank. */
export function delaysOf(episodes: readonly Pick<ScoredEpisode, 'delayS'>[]): Delays | null {
  const sorted = episodes
    .flatMap(({ delayS }) => (delayS === null ? [] : [delayS]))
    .toSorted((a, b) => a - b);
  if (sorted.length === 0) return null;
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;
  return { median: at(0.5), p90: at(0.9), most: at(1), beyondDelay: at(0.5) - RAISE_S };
}
