import type { RuleDefinition } from './alarm-rules.js';
import { isHigher } from './alarm-rules.js';
import type { RuleState } from './alarm-state.js';
import { PENDING_LOST_AFTER_MS } from './alarm-times.js';
import type { Reading } from './reading.js';
import type { Cause } from './transitions.js';

/** Takes in what a rule sees, moves its timers, and says what that means for the signal; null: nothing. */
export function advance(
  own: RuleState,
  rule: RuleDefinition,
  reading: Reading,
  clockMs: number,
): Cause | null {
  own.condition = reading.condition;
  switch (reading.condition) {
    case 'present':
      return present(own, rule, reading, clockMs);
    case 'unknown':
      own.absentSinceMs = null;
      if (reading.wavers) {
        own.certainSinceMs = null;
        own.wavered = true;
      }
      if (clockMs - own.lastPresentMs > PENDING_LOST_AFTER_MS) forgetPresence(own);
      return null;
    case 'absent':
      forgetPresence(own);
      own.absentSinceMs ??= clockMs;
      return reading.atOnce || clockMs - own.absentSinceMs >= rule.clearDelayMs ? 'cleared' : null;
  }
}

function present(
  own: RuleState,
  rule: RuleDefinition,
  reading: Reading,
  clockMs: number,
): Cause | null {
  own.absentSinceMs = null;
  own.presentSinceMs ??= clockMs;
  own.certainSinceMs = reading.certain ? (own.certainSinceMs ?? clockMs) : null;
  own.lastPresentMs = clockMs;
  if (own.signal === 'off' || own.signal === 'latched')
    return isDue(own, rule, clockMs) ? 'due' : null;
  const priority = reading.priority ?? rule.priority;
  return isHigher(priority, own.priority) || reading.more ? 'worsened' : null;
}

function isDue(own: RuleState, rule: RuleDefinition, clockMs: number): boolean {
  const lasted = (sinceMs: number | null, delayMs: number | null) =>
    sinceMs !== null && delayMs !== null && clockMs - sinceMs >= delayMs;
  return (
    lasted(own.certainSinceMs, rule.raiseDelayMs) ||
    lasted(own.presentSinceMs, rule.uncertainRaiseDelayMs)
  );
}

function forgetPresence(own: RuleState): void {
  own.presentSinceMs = null;
  own.certainSinceMs = null;
  own.wavered = false;
}
