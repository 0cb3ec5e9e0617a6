import type { AlarmLimits, AlarmRule } from '@app/contracts';
import { ALARM_RULES, NO_DATA_AFTER_MS, NO_FIRST_DATA_AFTER_MS } from './alarm-rules.js';
import type { PatientAlarms } from './patient-alarms.js';

export function limitOf(rule: AlarmRule, limits: AlarmLimits): number | null {
  switch (rule) {
    case 'heart-rate-high':
      return limits.heartRateHighBpm;
    case 'heart-rate-low':
      return limits.heartRateLowBpm;
    case 'no-data':
      return null;
  }
}

/** Why the alarm was raised, in one plain sentence: `HR 138 (131–144) above 120 for 10 s`. */
export function alarmText(
  rule: AlarmRule,
  patient: PatientAlarms,
  limitBpm: number | null,
): string {
  const { latest } = patient;
  switch (rule) {
    case 'heart-rate-high':
    case 'heart-rate-low': {
      const seconds = ALARM_RULES[rule].raiseDelayMs / 1000;
      const side = rule === 'heart-rate-high' ? 'above' : 'below';
      const interval = `${whole(latest?.lowBpm)}–${whole(latest?.highBpm)}`;
      return `HR ${whole(latest?.bpm)} (${interval}) ${side} ${whole(limitBpm)} for ${seconds} s`;
    }
    case 'no-data':
      return `No data for ${(latest === null ? NO_FIRST_DATA_AFTER_MS : NO_DATA_AFTER_MS) / 1000} s${
        patient.connected ? ' although the device is connected' : ': the device is not connected'
      }`;
  }
}

function whole(value: number | null | undefined): string {
  return value === null || value === undefined ? '—' : String(Math.round(value));
}
