import {
  type EmergencyRequest,
  type LinkCheckRequest,
  type LinkRequest,
  NAME_PATTERN,
  PASSWORD_CHARACTERS,
  type PasswordRequest,
  type SignInRequest,
} from '@app/contracts';
import { z } from 'zod';
import { ACCESS_LIMITS } from './access-limits.js';

const token = z.string().min(1).max(ACCESS_LIMITS.tokenMost);
/** The registry says what a password must be; it counts characters, of which some are two of JavaScript's. */
const password = z
  .string()
  .max(2 * PASSWORD_CHARACTERS.most, `may have at most ${PASSWORD_CHARACTERS.most} characters`);

export const signInBody = z.strictObject({
  name: z.string().min(1).max(ACCESS_LIMITS.nameMost),
  password,
}) satisfies z.ZodType<SignInRequest>;

export const linkCheckBody = z.strictObject({ token }) satisfies z.ZodType<LinkCheckRequest>;

export const linkBody = z.strictObject({
  token,
  password: password.nullable(),
}) satisfies z.ZodType<LinkRequest>;

export const passwordBody = z.strictObject({
  current: password,
  password,
}) satisfies z.ZodType<PasswordRequest>;

export const emergencyBody = z.strictObject({
  ward: z.string().regex(NAME_PATTERN, 'must be the id of a ward'),
  // the registry says what a reason must be
  reason: z.string().max(ACCESS_LIMITS.reasonMost),
}) satisfies z.ZodType<EmergencyRequest>;
