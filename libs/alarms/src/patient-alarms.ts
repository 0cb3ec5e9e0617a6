import type {
  AlarmCondition,
  AlarmEvent,
  AlarmLimits,
  AlarmRule,
  AlarmSignal,
  ModelId,
  Origin,
} from '@app/contracts';
import { RULE_NAMES } from './alarm-rules.js';

/** All that the alarm machine remembers of one patient. Plain JSON: it is a checkpoint as it is. */
export interface PatientAlarms {
  patient: string;
  origin: Origin;
  /** The patient's own limits; null follows the ward's. */
  limits: AlarmLimits | null;
  /** The machine's clock when the patient was first heard of. */
  heardMs: number;
  /** The newest live result. */
  latest: LatestVital | null;
  connected: boolean;
  /** When the device last came or went, station's clock, ms; 0 before the first word of it. */
  linkMs: number;
  rules: Record<AlarmRule, RuleState>;
}

export interface LatestVital {
  device: string;
  bootId: string;
  window: number;
  /** The machine's clock when it came. */
  clockMs: number;
  bpm: number | null;
  lowBpm: number | null;
  highBpm: number | null;
  quality: number;
  model: ModelId;
}

export interface RuleState {
  condition: AlarmCondition;
  /** Machine's clock since when the condition has been present without an `absent` between; null when it is not. */
  presentSinceMs: number | null;
  /** Machine's clock since when it has been absent without a break; `unknown` is a break, so it clears nothing. */
  absentSinceMs: number | null;
  signal: AlarmSignal;
  /** The last event of the alarm that is signalled; null when the signal is off. */
  last: AlarmEvent | null;
  /** Events of that alarm so far. */
  count: number;
}

export function newPatientAlarms(patient: string, origin: Origin, clockMs: number): PatientAlarms {
  const rules = Object.fromEntries(
    RULE_NAMES.map((rule): [AlarmRule, RuleState] => [
      rule,
      {
        condition: 'unknown',
        presentSinceMs: null,
        absentSinceMs: null,
        signal: 'off',
        last: null,
        count: 0,
      },
    ]),
  ) as Record<AlarmRule, RuleState>;
  return {
    patient,
    origin,
    heardMs: clockMs,
    limits: null,
    latest: null,
    connected: true,
    linkMs: 0,
    rules,
  };
}
