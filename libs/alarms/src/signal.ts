import type { AlarmCondition, AlarmEvent, AlarmSignal } from '@app/contracts';
import type { RuleDefinition } from './alarm-rules.js';
import type { RuleState } from './patient-alarms.js';

export type Change = { change: AlarmEvent['change']; signal: AlarmSignal };

/** Takes in a condition and says how the signal changes, if it does. Mutates the timers of `state`. */
export function advance(
  state: RuleState,
  definition: RuleDefinition,
  condition: AlarmCondition,
  clockMs: number,
): Change | null {
  state.condition = condition;
  if (condition === 'present') {
    state.presentSinceMs ??= clockMs;
    state.absentSinceMs = null;
    const isDue = clockMs - state.presentSinceMs >= definition.raiseDelayMs;
    return isDue && (state.signal === 'off' || state.signal === 'latched')
      ? { change: 'raised', signal: 'on' }
      : null;
  }
  if (condition === 'unknown') {
    state.absentSinceMs = null;
    return null;
  }
  state.presentSinceMs = null;
  state.absentSinceMs ??= clockMs;
  if (clockMs - state.absentSinceMs < definition.clearDelayMs) return null;
  if (state.signal === 'on') {
    return definition.latching
      ? { change: 'condition-cleared', signal: 'latched' }
      : { change: 'ended', signal: 'off' };
  }
  return state.signal === 'ack' ? { change: 'ended', signal: 'off' } : null;
}

/** What a nurse's acknowledgement does to the signal: null when there is nothing to acknowledge. */
export function acknowledged(signal: AlarmSignal): Change | null {
  switch (signal) {
    case 'on':
      return { change: 'acknowledged', signal: 'ack' };
    case 'latched':
      return { change: 'ended', signal: 'off' };
    case 'ack':
    case 'off':
      return null;
  }
}
