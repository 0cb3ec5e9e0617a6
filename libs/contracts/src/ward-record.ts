import type { Admission, AdmissionChange } from './admission.js';
import type { AlarmPriority } from './alarm-rule.js';
import type { AlarmLimits } from './alarm-limits.js';
import type { Origin, VitalSigns } from './vital-signs.js';

/** Everything that the alarm machine sees: records of the journal's `ward` stream, keyed by patient, JSON. */
export type WardRecord =
  | VitalsRecord
  | LinkRecord
  | StrayRecord
  | AdmissionRecord
  | AcknowledgeRecord
  | AudioPauseRecord
  | LimitsRecord
  | HealthRecord
  | WardStatusRecord
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
  /** As who acknowledges saw it: of one that has become more urgent since, it is no acknowledgement. Absent: as it is. */
  priority?: AlarmPriority;
  atMs: number;
}

/** A nurse pauses the sound of one patient's alarms: until `AUDIO_PAUSE_MS` after `atMs`, never longer. */
export interface AudioPauseRecord {
  type: 'audio-pause';
  /** Or `ward:` and the ward's id. */
  patient: string;
  untilMs: number;
  by: string;
  atMs: number;
}

/**
 * A part of the station says how it is: when that changes, and every half minute. Key: `health-` and the part. `storage`:
 * the history store, by the role that writes it. `canary`: whether one has come through lately, and `dashboards`: whether
 * a ward has one that is open, by the gateway.
 */
export interface HealthRecord {
  type: 'health';
  part: 'storage' | 'canary' | 'dashboards';
  /** Of `dashboards`: which ward. */
  ward?: string;
  ok: boolean;
  /** What is wrong, one plain sentence. */
  message: string;
  atMs: number;
}

/**
 * How a ward is as a whole, as the alarm machine's host has seen it over all partitions. Goes to every partition: the
 * ward's own alarms are raised in the one that is `home`, and the patients of the others hear of a common cause.
 */
export interface WardStatusRecord {
  type: 'ward-status';
  /** `ward:` and the ward's id. */
  patient: string;
  origin: Origin;
  /** Whether this is the partition of that key. */
  home: boolean;
  /** Patients with a device that should send all the time. */
  expected: number;
  /** Those of them who fell silent together, by pseudonym; empty while there is no such group. */
  silent: string[];
  /** What the group has in common. */
  because: 'links' | 'processor';
  /** What is wrong with models and storage, in plain words; null when all is well. */
  models: string | null;
  storage: string | null;
  /** What is wrong with the canary, and that no dashboard is open; null, or absent from an earlier version: nothing. */
  canary?: string | null;
  unwatched?: string | null;
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
  /** What it must do without, in plain words: a network that could not be loaded or has failed. Absent: nothing. */
  without?: string;
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
