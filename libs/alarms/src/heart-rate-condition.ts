import { ALARM_RULES } from './alarm-rules.js';
import type { LatestVital, RuleState } from './alarm-state.js';
import { HEART_RATE_RULES } from './limit-in-force.js';
import { ABSENT, LIKELY, PRESENT, type Reading, UNKNOWN, WAVERING } from './reading.js';

type HeartRateRule = keyof typeof HEART_RATE_RULES;

/**
 * Whether a fresh result is beyond a limit. An uncertain one can be beyond it, never inside: it may raise an alarm and
 * clears none. Of two opinions that contradict each other both must be beyond.
 */
export function heartRateCondition(
  rule: HeartRateRule,
  limitBpm: number,
  latest: LatestVital,
  own: RuleState | undefined,
): Reading {
  const { bpm, withheld, estimateBpm, secondOpinionBpm } = latest;
  const { side } = HEART_RATE_RULES[rule];
  const isBeyond = (value: number | null) => value !== null && side * (value - limitBpm) > 0;
  if (bpm === null) {
    if (withheld === 'uncertain') return isBeyond(estimateBpm) ? LIKELY : UNKNOWN;
    if (withheld === 'disagreement')
      return isBeyond(estimateBpm) && isBeyond(secondOpinionBpm) ? LIKELY : UNKNOWN;
    return UNKNOWN;
  }
  if (isBeyond(bpm)) return isBeyond(side > 0 ? latest.lowBpm : latest.highBpm) ? PRESENT : LIKELY;
  const isInside = side * (bpm - limitBpm) <= -(ALARM_RULES[rule].clearLevel as number);
  if (isInside) return ABSENT;
  return isPending(own) ? WAVERING : lastAnswer(own);
}

/** Beyond the limit before, and not yet signalled. */
function isPending(own: RuleState | undefined): boolean {
  return own !== undefined && own.presentSinceMs !== null && !isSignalled(own);
}

/** Between the levels: what was signalled stays, unless it has begun to clear; what was not, is not raised. */
export function lastAnswer(own: RuleState | undefined): Reading {
  if (own === undefined || own.condition === 'absent') return ABSENT;
  return isSignalled(own) ? PRESENT : ABSENT;
}

function isSignalled({ signal }: RuleState): boolean {
  return signal === 'on' || signal === 'ack';
}
