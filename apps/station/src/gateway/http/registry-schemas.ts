import {
  type AlarmLogEntry,
  type AuditEntry,
  type DeviceInfo,
  type DeviceSecret,
  PERSON_ROLES,
  type PatientRecord,
  type PersonInfo,
  type SignInLink,
  type WardInfo,
} from '@app/contracts';
import { z } from 'zod';
import { admission, alarmLimits } from './admission-schema.js';
import { alarmEvent } from './alarm-event-schema.js';
import { ms, origin } from './vital-signs-schema.js';

const role = z.enum(PERSON_ROLES);
const wards = z.union([z.array(z.string()), z.literal('all')]);

const wardInfo = z.object({
  ward: z.string(),
  name: z.string(),
  beds: z
    .array(z.object({ bed: z.string(), patient: z.string().nullable() }))
    .describe('in the order of the wall'),
  limits: alarmLimits,
}) satisfies z.ZodType<WardInfo>;

const patientRecord = z.object({
  patient: z.string().describe('pseudonym'),
  origin,
  identity: z
    .object({
      name: z.string(),
      birthDate: z.string().nullable(),
      hospitalNumber: z.string().nullable(),
    })
    .nullable()
    .describe('null for who may not see identities'),
  admission: admission.nullable(),
  dischargedMs: ms.nullable(),
  limits: alarmLimits.nullable().describe('the patient’s own; null follows the ward’s'),
}) satisfies z.ZodType<PatientRecord>;

const deviceInfo = z.object({
  device: z.string(),
  origin,
  ward: z.string(),
  addedMs: ms,
  patient: z.string().nullable().describe('who wears it now'),
}) satisfies z.ZodType<DeviceInfo>;

const personInfo = z.object({
  person: z.string(),
  name: z.string(),
  role,
  wards,
  active: z.boolean(),
  hasPassword: z.boolean(),
  lastSeenMs: ms.nullable(),
}) satisfies z.ZodType<PersonInfo>;

const auditEntry = z.object({
  id: z.int(),
  atMs: ms,
  person: z.string(),
  name: z.string(),
  role: z.enum([...PERSON_ROLES, 'station', 'command-line']),
  action: z.string(),
  subjectType: z.string(),
  subject: z.string(),
  ward: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  reason: z.string().nullable(),
}) satisfies z.ZodType<AuditEntry>;

const alarmLogEntry = z.object({
  id: z.int().describe('grows with time'),
  ward: z.string().nullable(),
  bed: z.string().nullable(),
  event: alarmEvent,
}) satisfies z.ZodType<AlarmLogEntry>;

/** The answers about wards, patients, devices and people. */
export const REGISTRY_SCHEMAS = {
  WardInfo: wardInfo,
  WardList: z.array(wardInfo),
  PatientRecord: patientRecord,
  PatientList: z.array(patientRecord),
  DeviceList: z.array(deviceInfo),
  DeviceSecret: z.object({
    device: z.string(),
    secret: z.string().describe('shown once: only its hash is kept'),
  }) satisfies z.ZodType<DeviceSecret>,
  PersonInfo: personInfo,
  PersonList: z.array(personInfo),
  SignInLink: z.object({
    person: z.string(),
    token: z.string().describe('signs in once, at <station>/sign-in#<token>'),
    expiresMs: ms,
  }) satisfies z.ZodType<SignInLink>,
  AuditList: z.array(auditEntry),
  AlarmLogList: z.array(alarmLogEntry),
};
