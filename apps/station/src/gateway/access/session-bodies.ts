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

const { least, most } = PASSWORD_CHARACTERS;
const token = z.string().min(1).max(ACCESS_LIMITS.tokenMost);
/** One that is tried: a wrong one is wrong, however long it is. */
const typedPassword = z.string().max(most, `may have at most ${most} characters`);
const newPassword = typedPassword.min(least, `must have at least ${least} characters`);

export const signInBody = z.strictObject({
  name: z.string().min(1).max(ACCESS_LIMITS.nameMost),
  password: typedPassword,
}) satisfies z.ZodType<SignInRequest>;

export const linkCheckBody = z.strictObject({ token }) satisfies z.ZodType<LinkCheckRequest>;

export const linkBody = z.strictObject({
  token,
  password: newPassword.nullable(),
}) satisfies z.ZodType<LinkRequest>;

export const passwordBody = z.strictObject({
  current: typedPassword,
  password: newPassword,
}) satisfies z.ZodType<PasswordRequest>;

export const emergencyBody = z.strictObject({
  ward: z.string().regex(NAME_PATTERN, 'must be the id of a ward'),
  // the registry says what a reason must be
  reason: z.string().max(ACCESS_LIMITS.reasonMost),
}) satisfies z.ZodType<EmergencyRequest>;
