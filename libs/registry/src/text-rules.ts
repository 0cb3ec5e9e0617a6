import { CANARY, NAME_PATTERN } from '@app/contracts';
import { RegistryError } from './registry.js';

/** Control characters, line separators, and marks that turn the direction of what follows. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

/**
 * Text as it is kept: trimmed, composed.
 * @throws RegistryError when it is empty, too long, or has control characters.
 */
export function cleanText(what: string, text: string, most: number, least = 1): string {
  const clean = text.normalize('NFC').trim();
  const characters = Array.from(clean).length;
  if (characters < least || characters > most) {
    throw new RegistryError('invalid', `${what} must have ${least} to ${most} characters`);
  }
  if (UNPRINTABLE.test(clean)) {
    throw new RegistryError('invalid', `${what} must not have line breaks or control characters`);
  }
  return clean;
}

/** As `cleanText`; null and empty text are null. */
export function cleanOptional(
  what: string,
  text: string | null | undefined,
  most: number,
): string | null {
  if (text === null || text === undefined || text.trim() === '') return null;
  return cleanText(what, text, most);
}

/** @throws RegistryError when a date is no day of the calendar, as `1948-03-27`. */
export function cleanBirthDate(text: string | null | undefined): string | null {
  if (text === null || text === undefined || text === '') return null;
  const parsed = /^(18|19|20|21)\d\d-\d\d-\d\d$/.test(text)
    ? new Date(`${text}T00:00:00Z`)
    : new Date(Number.NaN);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== text) {
    throw new RegistryError('invalid', 'a birth date must be a day such as 1948-03-27');
  }
  return text;
}

/** @throws RegistryError when it cannot be the id of a ward, a patient or a device. */
export function requireId(what: string, id: string): string {
  if (id === CANARY)
    throw new RegistryError('invalid', `${CANARY} is the station's own: choose another ${what}`);
  if (NAME_PATTERN.test(id)) return id;
  throw new RegistryError(
    'invalid',
    `${JSON.stringify(id)} cannot be a ${what}: use 1 to 36 letters, digits, dots, dashes or underscores, the first a letter or digit`,
  );
}
