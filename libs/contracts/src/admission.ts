import type { AlarmLimits } from './alarm-limits.js';
import type { BodyPosition } from './frame.js';

/** In place of a pseudonym: samples that belong to no patient. */
export const NOBODY = '';

/** `continuous`: silence is a fault. `spot`: a short check now and then; its end is no loss of data. */
export type MonitoringMode = 'continuous' | 'spot';

/** Which device a patient wears since when. */
export interface WornDevice {
  device: string;
  position: BodyPosition;
  mode: MonitoringMode;
  /** From which sample on, station's clock, ms since 1970. */
  sinceMs: number;
}

/** Where a patient is and what is worn. No name: `label` is what the ward chose to see on a wall (initials, an alias). */
export interface Admission {
  ward: string;
  bed: string | null;
  label: string;
  admittedMs: number;
  /** At X-ray, in the shower: keeps settings; ends by hand or after 3 minutes of good signal. */
  offWard: { reason: string; sinceMs: number } | null;
  devices: WornDevice[];
}

/** Everything that a change of the registry can be. */
export type AdmissionChange =
  | 'admitted'
  | 'transferred'
  | 'discharged'
  | 'device-assigned'
  | 'device-unassigned'
  | 'off-ward'
  | 'returned'
  | 'identity-changed'
  /** Nothing: said anew after the registry was restored. */
  | 'announced';

/** Limits as they are kept: null follows the ward's. */
export type PatientLimits = AlarmLimits | null;
