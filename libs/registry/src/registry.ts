import type {
  Admission,
  AdmitRequest,
  AlarmLimits,
  AlarmLogEntry,
  AlarmLogQuery,
  AssignRequest,
  AuditEntry,
  AuditQuery,
  DeviceInfo,
  IdentityRequest,
  LinkHolder,
  Origin,
  PatientLimits,
  PatientRecord,
  PersonInfo,
  PersonRequest,
  PersonRole,
  Session,
  SignInLink,
  WardInfo,
  WardRecord,
} from '@app/contracts';

/** Who does something, as the audit keeps it. */
export interface Actor {
  person: string;
  name: string;
  role: PersonRole | 'station' | 'command-line';
}

export const STATION: Actor = { person: 'station', name: 'Vigil', role: 'station' };
export const COMMAND_LINE: Actor = {
  person: 'command-line',
  name: 'command line',
  role: 'command-line',
};

/** A request that cannot be carried out; the message is a sentence for the person who asked. */
export class RegistryError extends Error {
  override name = 'RegistryError';
  constructor(
    readonly kind: 'not-found' | 'conflict' | 'invalid',
    message: string,
  ) {
    super(message);
  }
}

/** One stretch of a device's life on a patient: samples taken at `fromMs <= t < toMs`, station's clock. */
export interface Wearing {
  patient: string;
  fromMs: number;
  /** Null: still worn. */
  toMs: number | null;
}

/** A device that may connect, with everybody who ever wore it, oldest first, never overlapping. */
export interface DeviceEntry {
  device: string;
  origin: Origin;
  ward: string;
  wearings: Wearing[];
  /** Another one once the secret was renewed; says nothing of it. */
  credential: string;
}

/**
 * Who wears what, in which bed, under which limits, and who may see or change it. Several processes may have it open; each
 * sees the others' changes with its next call. Every change writes its audit entry and its record for the journal's `ward` stream in
 * its own transaction.
 */
export interface Registry {
  readonly wards: Wards;
  readonly patients: Patients;
  readonly devices: Devices;
  readonly people: People;
  readonly sessions: Sessions;
  readonly audit: Audit;
  readonly alarmLog: AlarmLog;
  readonly outbox: Outbox;
  /** Grows with every change by anybody: cheap enough to ask per frame. */
  revision(): Promise<number>;
  close(): Promise<void>;
}

export interface Wards {
  list(): Promise<WardInfo[]>;
  find(ward: string): Promise<WardInfo | null>;
  add(actor: Actor, ward: string, name: string): Promise<void>;
  rename(actor: Actor, ward: string, name: string): Promise<void>;
  addBed(actor: Actor, ward: string, bed: string): Promise<void>;
  /** @throws RegistryError when somebody lies in it. */
  removeBed(actor: Actor, ward: string, bed: string): Promise<void>;
  setLimits(actor: Actor, ward: string, limits: AlarmLimits): Promise<void>;
}

export interface Patients {
  find(patient: string): Promise<PatientRecord | null>;
  /** Admitted now. */
  inWard(ward: string): Promise<PatientRecord[]>;
  /** The ward that a patient is in, or was in last: who may see it may see the patient. */
  wardOf(patient: string): Promise<string | null>;
  /** Also again, after a discharge, with the same pseudonym. */
  admit(actor: Actor, ward: string, request: AdmitRequest): Promise<PatientRecord>;
  transfer(actor: Actor, patient: string, ward: string, bed: string | null): Promise<Admission>;
  /** Takes all devices off. */
  discharge(actor: Actor, patient: string): Promise<void>;
  /** Takes the device off whoever wore it, from the same moment on. */
  assign(actor: Actor, patient: string, request: AssignRequest): Promise<Admission>;
  unassign(actor: Actor, patient: string, device: string): Promise<Admission>;
  leaveWard(actor: Actor, patient: string, reason: string): Promise<Admission>;
  /** From off ward. No change when the patient is not. */
  return(actor: Actor, patient: string): Promise<Admission>;
  setLimits(actor: Actor, patient: string, limits: PatientLimits): Promise<void>;
  setIdentity(actor: Actor, patient: string, identity: IdentityRequest): Promise<void>;
}

export interface Devices {
  list(ward?: string): Promise<DeviceInfo[]>;
  find(device: string): Promise<DeviceEntry | null>;
  /** @returns the secret, which is stored only as a hash and so is never shown again. */
  add(actor: Actor, ward: string, device: string): Promise<{ secret: string }>;
  renew(actor: Actor, device: string): Promise<{ secret: string }>;
  /** Whoever wears it wears it no more. What it measured stays. */
  remove(actor: Actor, device: string): Promise<void>;
  /** The device when the secret is right, else null. Rejects when too many are waiting to be verified. */
  verify(device: string, secret: string): Promise<DeviceEntry | null>;
}

export interface People {
  list(): Promise<PersonInfo[]>;
  find(person: string): Promise<PersonInfo | null>;
  /** @returns a link for the first sign-in. */
  add(actor: Actor, request: PersonRequest): Promise<SignInLink>;
  /**
   * The person of this machine's own programs, under the name that nobody else can take. Without a link: nobody signs in so.
   * @returns who it is.
   */
  addProgram(request: Omit<PersonRequest, 'name'>): Promise<string>;
  /** Ends the sessions of whoever is made inactive. */
  change(
    actor: Actor,
    person: string,
    change: Partial<PersonRequest & { active: boolean }>,
  ): Promise<PersonInfo>;
  /** A new one-time link, for a forgotten password or another display; earlier ones are void. */
  link(actor: Actor, person: string): Promise<SignInLink>;
  /** Ends the person's other sessions, but the one of the token `keep`; links are void. */
  setPassword(actor: Actor, person: string, password: string, keep?: string): Promise<void>;
  /** The person when the password is right, else null, after the same time. Inactive people have no right password. */
  verify(name: string, password: string): Promise<PersonInfo | null>;
  /** Whether anybody has signed in as administrator yet. */
  hasAdministrator(): Promise<boolean>;
}

export interface Sessions {
  /** Who a one-time link is for; null when it is used, void or too old. */
  linkHolder(token: string): Promise<LinkHolder | null>;
  /** Uses up a link. A password for a person, null for a kiosk. @returns null as `linkHolder`. */
  openByLink(
    token: string,
    password: string | null,
  ): Promise<{ token: string; session: Session } | null>;
  /** After `People.verify`. @returns the secret of the cookie; only its hash is kept. */
  open(person: string): Promise<{ token: string; session: Session }>;
  /** The session as it is now (role and wards are read anew), or null. Using it prolongs it. */
  find(token: string): Promise<Session | null>;
  close(actor: Actor, token: string): Promise<void>;
  /** Everybody's, and voids all links: for a registry that was restored, which may know some that were ended since. */
  endAll(actor: Actor): Promise<void>;
  /** Lets a person act at a kiosk for two minutes; null ends it. */
  act(token: string, person: string | null): Promise<Session>;
  /** Opens another ward for an hour. */
  openWard(actor: Actor, token: string, ward: string, reason: string): Promise<Session>;
}

export interface Audit {
  /** What is no change of the registry: a refused sign-in, an acknowledgement. Changes write their own. */
  note(
    actor: Actor,
    entry: Pick<AuditEntry, 'action' | 'subjectType' | 'subject' | 'ward' | 'reason'> & {
      after?: unknown;
    },
  ): Promise<void>;
  query(query: AuditQuery): Promise<AuditEntry[]>;
  /** Recomputes the chain of hashes. @returns the id of the first entry that does not fit, or null. */
  verify(): Promise<number | null>;
}

export interface AlarmLog {
  /** Events that it has already are skipped. */
  append(entries: readonly Omit<AlarmLogEntry, 'id'>[]): Promise<void>;
  query(query: AlarmLogQuery): Promise<AlarmLogEntry[]>;
  /** @param eventId `id` of the event; null when the log has no such event, or has it no more. */
  find(eventId: string): Promise<AlarmLogEntry | null>;
}

/** Records for the journal's `ward` stream that changes have left, oldest first. */
export interface Outbox {
  peek(limit: number): Promise<{ id: number; key: string; record: WardRecord }[]>;
  /** After they are durable in the journal. */
  remove(ids: readonly number[]): Promise<void>;
  /** Leaves a record of everything that is in force: for a registry restored beside a journal of another moment. */
  announceAll(actor: Actor): Promise<void>;
}
