import { RegistryError } from './registry.js';
import { REGISTRY_BOUNDS } from './registry-bounds.js';

/** Of ten characters and more, those that are tried first. */
const COMMONEST = new Set([
  '1234567890',
  '0123456789',
  '0987654321',
  '9876543210',
  '12345678910',
  '123456789a',
  '1q2w3e4r5t',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  'abcdefghij',
  'administrator',
  'changemenow',
  'football123',
  'iloveyou123',
  'letmein123',
  'letmeinnow',
  'password10',
  'password11',
  'password12',
  'password123',
  'password1234',
  'password12345',
  'passwordpassword',
  'princess123',
  'qwerty1234',
  'qwerty12345',
  'qwerty123456',
  'qwertyuiop',
  'qwertzuiop',
  'sunshine123',
  'trustno1trustno1',
  'vigilvigil',
  'welcome123',
  'welcome1234',
]);

/** @throws RegistryError that says why a password cannot be set. @param name of whoever it is for. */
export function requirePassword(password: string, name: string): void {
  const { passwordLeast, passwordMost } = REGISTRY_BOUNDS;
  const characters = Array.from(password).length;
  if (characters < passwordLeast || characters > passwordMost) {
    throw new RegistryError(
      'invalid',
      `a password must have ${passwordLeast} to ${passwordMost} characters: three or four words make a good one`,
    );
  }
  const plain = simplified(password);
  if (COMMONEST.has(plain) || new Set(plain).size <= 2) {
    throw new RegistryError(
      'invalid',
      'this password is one of the first that are tried: choose three or four words that do not belong together',
    );
  }
  if (plain === simplified(name)) {
    throw new RegistryError('invalid', 'a password must not be the name');
  }
}

function simplified(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}
