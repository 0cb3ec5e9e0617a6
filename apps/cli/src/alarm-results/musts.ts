import { type Delays, type PooledScore, delaysOver, pooledScores } from './pooled-score.js';
import { LONG_EPISODE_S } from './reference-episodes.js';
import { isLong, isMissed, isUsable } from './score-alarms.js';
import type { ScoredRecording } from './score-recordings.js';

/** What was asked for, and what came out. */
export interface Must {
  measure: string;
  reached: string;
  asked: string;
  isReached: boolean;
}

const MOST_FALSE_PER_HOUR = 1;
const MOST_MEDIAN_S = 12;

/** Of one run: misses over all limits together, false alarms at the worst of them, delays both ways. */
export function mustsOf(recordings: readonly ScoredRecording[]): Must[] {
  const scores = pooledScores(recordings);
  const usable = recordings
    .flatMap(({ limits }) => limits.flatMap(({ episodes }) => episodes))
    .filter((episode) => isLong(episode) && isUsable(episode));
  const missed = usable.filter(isMissed);
  const beyond = missed.filter(({ beyondS }) => beyondS >= LONG_EPISODE_S);
  const worstFalse = worst(scores, ({ falsePerHour }) => falsePerHour);
  const worstMedian = worst(scores, ({ onsetToAlarmS }) => onsetToAlarmS?.beyondDelay ?? 0);
  return [
    {
      measure: `missed episodes of ${LONG_EPISODE_S} s or more with a usable signal, all limits`,
      reached: `${missed.length} of ${usable.length} (${beyond.length} of them ${LONG_EPISODE_S} s beyond the limit)`,
      asked: '0',
      isReached: missed.length === 0,
    },
    {
      measure: `false alarms per hour of exercise, worst limit (${worstFalse.limitBpm} BPM)`,
      reached: worstFalse.falsePerHour.toFixed(2),
      asked: `≤ ${MOST_FALSE_PER_HOUR}`,
      isReached: worstFalse.falsePerHour <= MOST_FALSE_PER_HOUR,
    },
    medianMust('all limits', delaysOver(recordings)),
    medianMust(`worst limit (${worstMedian.limitBpm} BPM)`, worstMedian.onsetToAlarmS),
  ];
}

function medianMust(of: string, delays: Delays | null): Must {
  const beyond = delays?.beyondDelay ?? null;
  return {
    measure: `onset to alarm, median beyond the rule's delay, ${of}`,
    reached: beyond === null ? '–' : `${beyond} s`,
    asked: `≤ ${MOST_MEDIAN_S} s`,
    isReached: beyond !== null && beyond <= MOST_MEDIAN_S,
  };
}

function worst(scores: readonly PooledScore[], of: (score: PooledScore) => number): PooledScore {
  return scores.reduce((one, other) => (of(other) > of(one) ? other : one));
}
