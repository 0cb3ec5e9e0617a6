import { type LinkHolder, PERSON_ROLES, type Session } from '@app/contracts';
import { z } from 'zod';
import { ms } from '../http/vital-signs-schema.js';
import {
  emergencyBody,
  linkBody,
  linkCheckBody,
  passwordBody,
  signInBody,
} from './session-bodies.js';

const role = z.enum(PERSON_ROLES);
const wards = z.union([z.array(z.string()), z.literal('all')]);

/** What the session's routes answer, for the API's description. */
export const SESSION_SCHEMAS = {
  Session: z.object({
    person: z.string(),
    name: z.string(),
    role,
    wards,
    emergency: z
      .array(z.object({ ward: z.string(), untilMs: ms }))
      .describe('wards that were opened in an emergency'),
    acting: z
      .object({ person: z.string(), name: z.string(), role, wards, untilMs: ms })
      .nullable()
      .describe('who acts at a wall display for a moment'),
    expiresMs: ms,
  }) satisfies z.ZodType<Session>,
  LinkHolder: z.object({
    name: z.string(),
    role,
    needsPassword: z.boolean().describe('a wall display has none'),
  }) satisfies z.ZodType<LinkHolder>,
};

/** What they take. */
export const SESSION_BODIES = {
  SignInRequest: signInBody,
  LinkCheckRequest: linkCheckBody,
  LinkRequest: linkBody,
  EmergencyRequest: emergencyBody,
  PasswordRequest: passwordBody,
};
