import type { AlarmPriority, AlarmRule } from '@app/contracts';
import { ALARM_RULES } from './alarm-rules.js';
import type { LatestVital, PatientAlarms, RuleState } from './alarm-state.js';
import {
  BATTERY_MEDIUM,
  CHECK_PATIENT_MEDIUM_MS,
  FALL_STILL_SECONDS,
  NO_FIRST_DATA_AFTER_MS,
  VALUE_COUNTS_FOR_MS,
} from './alarm-times.js';
import { lastAnswer } from './heart-rate-condition.js';
import { ABSENT, ENDED, PRESENT, type Reading, UNKNOWN } from './reading.js';

/** The newest result while it still speaks for its patient, else null. */
export function freshOf({ latest }: PatientAlarms, clockMs: number): LatestVital | null {
  return latest !== null && clockMs - latest.clockMs <= VALUE_COUNTS_FOR_MS ? latest : null;
}

/** No number for a while: somebody should look. A number ends it, and only that. */
export function checkPatient(state: PatientAlarms, clockMs: number): Reading {
  const fresh = freshOf(state, clockMs);
  if (fresh !== null && fresh.bpm !== null) return ABSENT;
  const silentMs = clockMs - (state.lastNumber?.clockMs ?? state.heardMs);
  if (silentMs < levelOf('check-patient') * 1000) return UNKNOWN;
  const isUrgent =
    silentMs >= CHECK_PATIENT_MEDIUM_MS || (state.lastNumber?.beyondBpm ?? null) !== null;
  return { ...PRESENT, priority: isUrgent ? 'medium' : 'low' };
}

/** A blow that is likely a fall stays until somebody has answered it: no signal says that the patient is up again. */
export function fallen({ fall }: PatientAlarms): Reading {
  if (fall === null || fall.isAnswered) return ENDED;
  const priority: AlarmPriority = fall.stillSeconds >= FALL_STILL_SECONDS ? 'high' : 'medium';
  return { ...PRESENT, priority };
}

export function noData({ latest, heardMs }: PatientAlarms, clockMs: number): Reading {
  if (latest === null) return clockMs - heardMs >= NO_FIRST_DATA_AFTER_MS ? PRESENT : UNKNOWN;
  return clockMs - latest.clockMs >= levelOf('no-data') * 1000 ? PRESENT : ABSENT;
}

export function signalUnusable(fresh: LatestVital | null, own: RuleState | undefined): Reading {
  if (fresh === null) return UNKNOWN;
  if (fresh.bpm !== null) return ABSENT;
  switch (fresh.withheld) {
    case 'no-signal':
      return PRESENT;
    case 'uncertain':
    case 'disagreement':
      return between('signal-unusable', fresh.quality, own);
    default:
      return UNKNOWN;
  }
}

export function sensorOff(fresh: LatestVital | null): Reading {
  if (fresh === null || fresh.worn === null) return UNKNOWN;
  return fresh.worn ? ABSENT : PRESENT;
}

export function batteryLow(fresh: LatestVital | null, own: RuleState | undefined): Reading {
  if (fresh === null || fresh.battery === null) return UNKNOWN;
  const reading = between('battery-low', fresh.battery, own);
  return fresh.battery <= BATTERY_MEDIUM ? { ...reading, priority: 'medium' } : reading;
}

export function clockImplausible(fresh: LatestVital | null, own: RuleState | undefined): Reading {
  if (fresh === null || fresh.clockErrorMs === null) return UNKNOWN;
  return between('clock-implausible', Math.abs(fresh.clockErrorMs) / 1000, own);
}

/** Present from the raise level on, absent from the clear level on; which of them is the lower one says what is bad. */
function between(rule: AlarmRule, value: number, own: RuleState | undefined): Reading {
  const raise = levelOf(rule);
  const clear = ALARM_RULES[rule].clearLevel as number;
  const isLowBad = raise < clear;
  if (isLowBad ? value <= raise : value >= raise) return PRESENT;
  return (isLowBad ? value >= clear : value <= clear) ? ABSENT : lastAnswer(own);
}

function levelOf(rule: AlarmRule): number {
  return ALARM_RULES[rule].raiseLevel as number;
}
