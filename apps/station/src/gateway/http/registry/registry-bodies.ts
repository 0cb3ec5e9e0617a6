import {
  type AdmitRequest,
  type AssignRequest,
  type IdentityRequest,
  type OffWardRequest,
  PERSON_ROLES,
  type PersonRequest,
  type TransferRequest,
  type WardRequest,
  alarmLimitsSchema,
} from '@app/contracts';
import { z } from 'zod';
import { bodyPosition, monitoringMode } from '../admission-schema.js';

/** What the registry says about names, beds and reasons is said there; here only what is no text at all, or a book. */
const text = z.string().max(1000, 'is too long');
const ms = z.number().min(0).max(8.64e15);

export const assignBody = z.strictObject({
  device: text,
  position: bodyPosition,
  mode: monitoringMode,
  sinceMs: ms.exactOptional().describe('worn since; left out: from now on'),
}) satisfies z.ZodType<AssignRequest>;

/** The bodies of the registry's routes, by their names in the API's description. */
export const REGISTRY_BODIES = {
  WardRequest: z.strictObject({ ward: text, name: text }) satisfies z.ZodType<WardRequest>,
  NameRequest: z.strictObject({ name: text }),
  BedRequest: z.strictObject({ bed: text }),
  WardLimitsRequest: z.strictObject({ limits: alarmLimitsSchema }),
  PatientLimitsRequest: z.strictObject({
    limits: alarmLimitsSchema.nullable().describe('null follows the ward'),
  }),
  AdmitRequest: z.strictObject({
    patient: text.exactOptional().describe('pseudonym; left out: a new one'),
    name: text,
    birthDate: text.nullable().exactOptional(),
    hospitalNumber: text.nullable().exactOptional(),
    label: text,
    bed: text.nullable(),
    device: assignBody.exactOptional(),
  }) satisfies z.ZodType<AdmitRequest>,
  IdentityRequest: z.strictObject({
    name: text,
    birthDate: text.nullable(),
    hospitalNumber: text.nullable(),
    label: text,
  }) satisfies z.ZodType<IdentityRequest>,
  TransferRequest: z.strictObject({
    ward: text,
    bed: text.nullable(),
  }) satisfies z.ZodType<TransferRequest>,
  AssignRequest: assignBody,
  OffWardRequest: z.strictObject({ reason: text }) satisfies z.ZodType<OffWardRequest>,
  DeviceRequest: z.strictObject({ device: text }),
  PersonRequest: z.strictObject({
    name: text,
    role: z.enum(PERSON_ROLES),
    wards: z.union([z.array(text).max(200), z.literal('all')]),
  }) satisfies z.ZodType<PersonRequest>,
  PersonChange: z.strictObject({
    name: text.exactOptional(),
    role: z.enum(PERSON_ROLES).exactOptional(),
    wards: z.union([z.array(text).max(200), z.literal('all')]).exactOptional(),
    active: z.boolean().exactOptional(),
  }) satisfies z.ZodType<Partial<PersonRequest & { active: boolean }>>,
};

export type RegistryBody = keyof typeof REGISTRY_BODIES;
/** What a route gets of a body. */
export type BodyOf<Name extends RegistryBody> = z.output<(typeof REGISTRY_BODIES)[Name]>;
