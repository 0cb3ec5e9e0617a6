import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number }, Buffer>(
  scrypt,
);

/**
 * Cost of one hash: about 10 ms of one core and 4 MiB. Secrets are 192 random bits that nobody chose, so no cost makes
 * guessing feasible; a higher one would only lengthen the minute in which a whole ward reconnects. Kept with every hash, so
 * it can be raised later.
 */
const COST = { N: 2 ** 12, r: 8, p: 1 } as const;
const KEY_BYTES = 32;

export interface SecretHash {
  salt: Uint8Array;
  hash: Uint8Array;
  /** scrypt's N. */
  cost: number;
}

/** 192 random bits as 32 characters that need no quoting in a shell. */
export function newSecret(): string {
  return randomBytes(24).toString('base64url').replace(/^-/, '_');
}

export async function hashSecret(secret: string): Promise<SecretHash> {
  const salt = randomBytes(16);
  return { salt, hash: await derive(secret, salt, KEY_BYTES, COST), cost: COST.N };
}

/** Compares in constant time. */
export async function matchesSecret(secret: string, stored: SecretHash): Promise<boolean> {
  const { salt, cost: N } = stored;
  const hash = await derive(secret, Buffer.from(salt), KEY_BYTES, { ...COST, N });
  return timingSafeEqual(hash, stored.hash);
}
