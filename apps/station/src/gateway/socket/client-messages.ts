import { NAME_PATTERN, type Room, wardOfLimitsKey } from '@app/contracts';
import { z } from 'zod';
import { GATEWAY_LIMITS } from '../gateway-limits.js';

/** A room's name, or null for anything else. */
export function parseRoom(value: unknown): Room | null {
  const [kind, id = '', ...rest] = typeof value === 'string' ? value.split('/') : [];
  if (rest.length > 0 || !NAME_PATTERN.test(id)) return null;
  return kind === 'ward' || kind === 'patient' ? `${kind}/${id}` : null;
}

/** The patient of a room, or null for a ward's. */
export function patientOfRoom(room: Room): string | null {
  return room.startsWith('patient/') ? room.slice('patient/'.length) : null;
}

/** The ward of a room, or null for a patient's. */
export function wardOfRoom(room: Room): string | null {
  return room.startsWith('ward/') ? room.slice('ward/'.length) : null;
}

const plainText = (characters: number) =>
  z
    .string()
    .trim()
    .max(characters)
    .regex(/^\P{Cc}*$/u, 'must not hold control characters');

/** Whose alarms: a patient's, or a ward's own (`ward:` and its id). */
const alarmOwner = z
  .string()
  .refine((key) => NAME_PATTERN.test(wardOfLimitsKey(key) ?? key), 'must be a pseudonym, or ward:');

export const acknowledgeSchema = z.strictObject({
  patient: alarmOwner,
  alarmId: z.string().min(1).max(200),
  note: plainText(GATEWAY_LIMITS.noteCharacters).nullable(),
  /** As it was on the screen. */
  priority: z.enum(['high', 'medium', 'low', 'info']).optional(),
});

export const pauseAudioSchema = z.strictObject({ patient: alarmOwner });

/** The first problem, in a sentence that names the field. */
export function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'not understood';
  const field = issue.path.join('.');
  return field === '' ? issue.message : `${field}: ${issue.message}`;
}
