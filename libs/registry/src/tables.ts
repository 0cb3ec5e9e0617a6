import type { BodyPosition, MonitoringMode, Origin, PersonRole } from '@app/contracts';
import type { Generated } from 'kysely';

/**
 * The registry's tables, the same on SQLite and PostgreSQL. Times are ms since 1970 in columns that end in `_ms` (bigint);
 * lists and states are JSON text; hashes are hexadecimal text; flags are 0 or 1.
 */
export interface Tables {
  registry_state: StateRow;
  wards: { ward: string; name: string; limits: string };
  beds: { ward: string; bed: string; position: number };
  patients: PatientRow;
  admissions: AdmissionRow;
  wearings: WearingRow;
  devices: DeviceRow;
  people: PersonRow;
  links: { token_hash: string; person: string; expires_ms: number };
  sessions: SessionRow;
  audit: AuditRow;
  alarm_log: AlarmLogRow;
  outbox: { id: Generated<number>; record_key: string; record: string };
}

/** One row. Every change locks it first, so that changes happen one after another. */
export interface StateRow {
  id: number;
  origin: Origin;
  revision: number;
  /** The last audit entry and its hash. */
  audit_id: number;
  audit_hash: string;
}

export interface PatientRow {
  patient: string;
  name: string;
  birth_date: string | null;
  hospital_number: string | null;
  label: string;
  limits: string | null;
}

/** One stay. At most one per patient, and per bed, is open. */
export interface AdmissionRow {
  id: Generated<number>;
  patient: string;
  ward: string;
  bed: string | null;
  admitted_ms: number;
  discharged_ms: number | null;
  off_reason: string | null;
  off_since_ms: number | null;
}

/** One stretch of a device on a patient, `from_ms <= t < to_ms`. Outlives the device's removal. */
export interface WearingRow {
  id: Generated<number>;
  device: string;
  patient: string;
  position: BodyPosition;
  mode: MonitoringMode;
  from_ms: number;
  to_ms: number | null;
}

export interface DeviceRow {
  device: string;
  ward: string;
  added_ms: number;
  salt: string;
  hash: string;
  /** scrypt's N. */
  cost: number;
}

export interface PersonRow {
  person: string;
  name: string;
  /** The name in small letters: two people cannot sign in by the same. */
  name_key: string;
  role: PersonRole;
  /** JSON: a list, or `"all"`. */
  wards: string;
  active: number;
  /** As `hashPassword` writes it; null before the first sign-in, and of a kiosk. */
  password: string | null;
  last_seen_ms: number | null;
}

export interface SessionRow {
  token_hash: string;
  person: string;
  opened_ms: number;
  seen_ms: number;
  expires_ms: number;
  acting_person: string | null;
  acting_until_ms: number | null;
  /** JSON: `{ ward, untilMs }[]`. */
  emergency: string;
}

export interface AuditRow {
  id: number;
  at_ms: number;
  person: string;
  name: string;
  role: string;
  action: string;
  subject_type: string;
  subject: string;
  ward: string | null;
  before: string | null;
  after: string | null;
  reason: string | null;
  /** Of the entry and the hash of the one before. */
  hash: string;
}

export interface AlarmLogRow {
  id: Generated<number>;
  event_id: string;
  ward: string | null;
  bed: string | null;
  patient: string;
  rule: string;
  priority: string;
  at_ms: number;
  event: string;
}
