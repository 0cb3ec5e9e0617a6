import type { PersonRole } from './access.js';
import type { Admission, MonitoringMode, PatientLimits } from './admission.js';
import type { AlarmEvent } from './alarm-event.js';
import type { AlarmPriority } from './alarm-rule.js';
import type { AlarmLimits } from './alarm-limits.js';
import type { BodyPosition } from './frame.js';
import type { Origin } from './vital-signs.js';

/**
 * `GET /api/wards` (those that the session opens), `GET /api/wards/:ward`. Changes: `POST /api/wards` (WardRequest),
 * `PUT /api/wards/:ward/name` (`{ name }`), `POST /api/wards/:ward/beds` (`{ bed }`),
 * `DELETE /api/wards/:ward/beds/:bed`, `PUT /api/wards/:ward/limits` (`{ limits }`); each answers with the WardInfo.
 */
export interface WardInfo {
  ward: string;
  name: string;
  /** In the order of the wall. */
  beds: { bed: string; patient: string | null }[];
  limits: AlarmLimits;
}

/** `POST /api/wards` */
export interface WardRequest {
  /** Id: as NAME_PATTERN. */
  ward: string;
  name: string;
}

/**
 * `GET /api/wards/:ward/patients`, `GET /api/patients/:patient/record`. Every change of a patient answers with it:
 * those below, `PUT /api/patients/:patient/limits` (`{ limits }`), `DELETE /api/patients/:patient/devices/:device`,
 * `DELETE /api/patients/:patient/off-ward`, `POST /api/patients/:patient/discharge`.
 */
export interface PatientRecord {
  patient: string;
  origin: Origin;
  /** Null for who may not see identities. */
  identity: { name: string; birthDate: string | null; hospitalNumber: string | null } | null;
  admission: Admission | null;
  dischargedMs: number | null;
  /** The patient's own; null follows the ward's. */
  limits: PatientLimits;
}

/** `POST /api/wards/:ward/patients` */
export interface AdmitRequest {
  /** Left out: the registry makes one. */
  patient?: string;
  name: string;
  birthDate?: string | null;
  hospitalNumber?: string | null;
  /** What the wall shows: initials or an alias. */
  label: string;
  bed: string | null;
  device?: AssignRequest;
}

/** `PUT /api/patients/:patient/identity` */
export interface IdentityRequest {
  name: string;
  birthDate: string | null;
  hospitalNumber: string | null;
  label: string;
}

/** `PUT /api/patients/:patient/bed` */
export interface TransferRequest {
  ward: string;
  bed: string | null;
}

/** `POST /api/patients/:patient/devices` */
export interface AssignRequest {
  device: string;
  position: BodyPosition;
  mode: MonitoringMode;
  /** Worn since; left out: from now on. */
  sinceMs?: number;
}

/** `PUT /api/patients/:patient/off-ward` */
export interface OffWardRequest {
  reason: string;
}

/** `GET /api/wards/:ward/devices`. `POST` there adds one (`{ device }`), `DELETE /api/devices/:device` removes one. */
export interface DeviceInfo {
  device: string;
  origin: Origin;
  ward: string;
  addedMs: number;
  /** Who wears it now. */
  patient: string | null;
}

/** Answer of `POST /api/wards/:ward/devices` and `POST /api/devices/:device/secret`: shown once, only its hash is kept. */
export interface DeviceSecret {
  device: string;
  secret: string;
}

/** `GET /api/people` */
export interface PersonInfo {
  person: string;
  name: string;
  role: PersonRole;
  wards: string[] | 'all';
  active: boolean;
  /** Whether a password was set; a kiosk never has one. */
  hasPassword: boolean;
  lastSeenMs: number | null;
}

/** `POST /api/people`; `PATCH /api/people/:person` takes any of it, and `active`. */
export interface PersonRequest {
  name: string;
  role: PersonRole;
  wards: string[] | 'all';
}

/** A link that signs in once: `<station>/sign-in#<token>`. Of a new person, and of `POST /api/people/:person/link`. */
export interface SignInLink {
  person: string;
  token: string;
  expiresMs: number;
}

/** `POST /api/session/link/check` (LinkCheckRequest) answers with it; 404 for a link that is used, void or too old. */
export interface LinkHolder {
  name: string;
  role: PersonRole;
  /** A kiosk has no password. */
  needsPassword: boolean;
}

export interface LinkCheckRequest {
  token: string;
}

/** `POST /api/session/link` uses the link up and signs in. The first password of a person, null for a kiosk. */
export interface LinkRequest {
  token: string;
  password: string | null;
}

/** `POST /api/session/password`: one's own. Sessions elsewhere end. */
export interface PasswordRequest {
  current: string;
  password: string;
}

/** `GET /api/audit` (with `ward` for who may see only some wards). Newest first. */
export interface AuditEntry {
  id: number;
  atMs: number;
  /** Id and name of who did it; for what the station did itself, `station`. */
  person: string;
  name: string;
  role: PersonRole | 'station' | 'command-line';
  /** `patient.admitted`, `limits.changed`, `session.opened`, … */
  action: string;
  /** `patient`, `device`, `person`, `ward` or `session`, and its id. */
  subjectType: string;
  subject: string;
  ward: string | null;
  before: unknown;
  after: unknown;
  reason: string | null;
}

export interface AuditQuery {
  ward?: string;
  person?: string;
  action?: string;
  subject?: string;
  fromMs?: number;
  toMs?: number;
  /** Entries with a smaller id: the next page. */
  beforeId?: number;
  limit?: number;
}

/** `GET /api/wards/:ward/alarms`: the alarm log. Newest first. */
export interface AlarmLogEntry {
  /** Grows with time: the place in the log. */
  id: number;
  ward: string | null;
  bed: string | null;
  event: AlarmEvent;
}

export interface AlarmLogQuery {
  ward?: string;
  patient?: string;
  rule?: string;
  priority?: AlarmPriority;
  fromMs?: number;
  toMs?: number;
  beforeId?: number;
  limit?: number;
}
