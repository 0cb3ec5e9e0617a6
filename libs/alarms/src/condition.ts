import type { AlarmCondition, AlarmLimits, AlarmRule } from '@app/contracts';
import {
  ALARM_RULES,
  NO_DATA_AFTER_MS,
  NO_FIRST_DATA_AFTER_MS,
  VALUE_COUNTS_FOR_MS,
} from './alarm-rules.js';
import type { PatientAlarms } from './patient-alarms.js';

/**
 * Whether a rule's condition holds for a patient, at `clockMs` of the machine's clock. `unknown` when the signal does
 * not support an answer. Between the limit and its hysteresis the last answer stands.
 */
export function conditionOf(
  rule: AlarmRule,
  patient: PatientAlarms,
  wardLimits: AlarmLimits,
  clockMs: number,
): AlarmCondition {
  const limits = patient.limits ?? wardLimits;
  const before = patient.rules[rule].condition;
  switch (rule) {
    case 'heart-rate-high':
      return beyond(rule, patient, limits.heartRateHighBpm, 1, before, clockMs);
    case 'heart-rate-low':
      return beyond(rule, patient, limits.heartRateLowBpm, -1, before, clockMs);
    case 'no-data':
      if (patient.latest === null) {
        return clockMs - patient.heardMs >= NO_FIRST_DATA_AFTER_MS ? 'present' : 'unknown';
      }
      return clockMs - patient.latest.clockMs >= NO_DATA_AFTER_MS ? 'present' : 'absent';
  }
}

function beyond(
  rule: AlarmRule,
  { latest }: PatientAlarms,
  limitBpm: number | null,
  side: 1 | -1,
  before: AlarmCondition,
  clockMs: number,
): AlarmCondition {
  if (limitBpm === null) return 'absent';
  if (latest === null || latest.bpm === null) return 'unknown';
  if (clockMs - latest.clockMs > VALUE_COUNTS_FOR_MS) return 'unknown';
  const excessBpm = side * (latest.bpm - limitBpm);
  if (excessBpm > 0) return 'present';
  if (excessBpm <= -ALARM_RULES[rule].hysteresisBpm) return 'absent';
  return before === 'present' ? 'present' : 'absent';
}
