import type { Admission, AdmissionChange } from './admission.js';
import type { AlarmLimits } from './alarm-limits.js';
import type { Origin, VitalSigns } from './vital-signs.js';

/** Everything that the alarm machine sees: records of the journal's `ward` stream, keyed by patient, JSON. */
export type WardRecord =
  | VitalsRecord
  | LinkRecord
  | StrayRecord
  | AdmissionRecord
  | AcknowledgeRecord
  | LimitsRecord
  | ProgressRecord
  | TickRecord;

export interface VitalsRecord {
  type: 'vitals';
  vital: VitalSigns;
}

/**
 * A device came or went. Of the patient who wears it now; key and `patient` of a device that nobody wears: its name and
 * `NOBODY`.
 */
export interface LinkRecord {
  type: 'link';
  patient: string;
  origin: Origin;
  device: string;
  connected: boolean;
  atMs: number;
  reason: string;
}

/** Samples came that belong to no patient; at most one record per device and 10 s of arrival. Key: the device. */
export interface StrayRecord {
  type: 'stray';
  device: string;
  origin: Origin;
  /** Nobody wore the device then, or the time of the samples is not known well enough to say who did. */
  reason: 'not-admitted' | 'not-placed';
  /** Frames since the last such record of this device. */
  frames: number;
  atMs: number;
}

/** Where a patient is and what is worn, complete, from here on; null: discharged. */
export interface AdmissionRecord {
  type: 'admission';
  patient: string;
  origin: Origin;
  change: AdmissionChange;
  admission: Admission | null;
  by: string;
  atMs: number;
}

/** A nurse acknowledges one alarm. */
export interface AcknowledgeRecord {
  type: 'acknowledge';
  patient: string;
  alarmId: string;
  by: string;
  note: string | null;
  atMs: number;
}

/**
 * The limits in force from here on: of a patient, or of a ward (`patient` is then `ward:` and the ward's id, one record
 * per partition). Null: the patient follows the ward again.
 */
export interface LimitsRecord {
  type: 'limits';
  patient: string;
  limits: AlarmLimits | null;
  by: string;
  atMs: number;
}

/** The processor has worked through its input up to the tick of this second. Key: `processor`-partition. */
export interface ProgressRecord {
  type: 'progress';
  part: 'processor';
  /** Partition of `frames`. */
  partition: number;
  tickMs: number;
}

/** One second has passed on the station; one per partition and second, the only clock of the alarm machine. */
export interface TickRecord {
  type: 'tick';
  atMs: number;
}

const WARD_PREFIX = 'ward:';

/** `patient` of a `LimitsRecord` of a ward. */
export function limitsKeyOf(ward: string): string {
  return `${WARD_PREFIX}${ward}`;
}

/** The ward of such a key; null for a patient's pseudonym, which never holds a colon. */
export function wardOfLimitsKey(key: string): string | null {
  return key.startsWith(WARD_PREFIX) ? key.slice(WARD_PREFIX.length) : null;
}
