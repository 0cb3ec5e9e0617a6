import { NAME_PATTERN, type Room } from '@app/contracts';
import { z } from 'zod';
import { GATEWAY_LIMITS } from '../gateway-limits.js';

/** A room's name, or null for anything else. */
export function parseRoom(value: unknown): Room | null {
  if (value === 'ward') return value;
  if (typeof value !== 'string' || !value.startsWith('patient/')) return null;
  const patient = value.slice('patient/'.length);
  return NAME_PATTERN.test(patient) ? `patient/${patient}` : null;
}

/** The patient of a room, or null for the ward. */
export function patientOfRoom(room: Room): string | null {
  return room === 'ward' ? null : room.slice('patient/'.length);
}

const plainText = (characters: number) =>
  z
    .string()
    .trim()
    .max(characters)
    .regex(/^\P{Cc}*$/u, 'must not hold control characters');

export const acknowledgeSchema = z.strictObject({
  patient: z.string().regex(NAME_PATTERN),
  alarmId: z.string().min(1).max(200),
  by: plainText(GATEWAY_LIMITS.nameCharacters).min(1, 'must say who acknowledges'),
  note: plainText(GATEWAY_LIMITS.noteCharacters).nullable(),
});

/** The first problem, in a sentence that names the field. */
export function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'not understood';
  const field = issue.path.join('.');
  return field === '' ? issue.message : `${field}: ${issue.message}`;
}
