import { PASSWORD_CHARACTERS } from '@app/contracts';

export const PASSWORD_RULE = `At least ${PASSWORD_CHARACTERS.least} characters. A few words in a row are easier to keep than signs.`;

/** What is wrong with a password that somebody chooses; null: nothing. */
export function passwordProblem(password: string): string | null {
  const { least, most } = PASSWORD_CHARACTERS;
  // As people count: a letter with its accent is one character.
  const { length } = Array.from(password.normalize('NFC'));
  if (length < least) return `${length} of at least ${least} characters.`;
  if (length > most) return `At most ${most} characters, these are ${length}.`;
  if (password.trim() === '') return 'Spaces alone are no password.';
  return null;
}

/** What is wrong with its repetition; null: nothing. */
export function repetitionProblem(password: string, repeated: string): string | null {
  return password === repeated ? null : 'The two are not the same.';
}
