import { ESCALATION, type EscalationStep, REMIND_AFTER_MS } from '@app/contracts';
import type { RuleState } from './alarm-state.js';

/** After `bedside`, in order. */
const STEPS: readonly EscalationStep[] = ['ward', 'webhook'];

/** How far an unanswered alarm has to go by now. Another alarm that speaks for it goes in its place. */
export function escalationOf(own: RuleState, clockMs: number): EscalationStep {
  const { priority } = own;
  if (own.signal !== 'on' || own.silencedBy !== null) return own.escalation;
  if (priority !== 'high' && priority !== 'medium') return own.escalation;
  const forMs = clockMs - own.callingSinceMs;
  if (forMs >= ESCALATION[priority].webhook) return 'webhook';
  return forMs >= ESCALATION[priority].ward ? 'ward' : own.escalation;
}

export function isFurther(step: EscalationStep, than: EscalationStep): boolean {
  return STEPS.indexOf(step) > STEPS.indexOf(than);
}

/** Whether nothing has happened to an alarm for so long that, acknowledged, it should remind of itself. */
export function isReminderDue(own: RuleState, clockMs: number): boolean {
  return clockMs - own.changedMs >= REMIND_AFTER_MS;
}
