import { randomInt } from 'node:crypto';

/** Digits and letters that nobody takes for one another, read or spoken from a screen: no 0, 1, i, l, o, u. */
const ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';
const CHARACTERS = 6;

/** A random name such as `p-7k3mqd`: one of 729 million per prefix. It tells nothing of whom it names. */
export function randomName(prefix: string): string {
  const characters = Array.from({ length: CHARACTERS }, () => ALPHABET[randomInt(ALPHABET.length)]);
  return `${prefix}-${characters.join('')}`;
}
