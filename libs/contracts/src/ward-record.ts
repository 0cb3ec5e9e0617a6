import type { AlarmLimits } from './alarm-limits.js';
import type { Origin, VitalSigns } from './vital-signs.js';

/** Everything that the alarm machine sees: records of the journal's `ward` stream, keyed by patient, JSON. */
export type WardRecord =
  VitalsRecord | LinkRecord | AcknowledgeRecord | LimitsRecord | ProgressRecord | TickRecord;

export interface VitalsRecord {
  type: 'vitals';
  vital: VitalSigns;
}

/** The device of a patient came or went. */
export interface LinkRecord {
  type: 'link';
  patient: string;
  origin: Origin;
  device: string;
  connected: boolean;
  atMs: number;
  reason: string;
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

/** The limits in force for a patient from here on. */
export interface LimitsRecord {
  type: 'limits';
  patient: string;
  limits: AlarmLimits;
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
