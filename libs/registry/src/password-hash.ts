import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

type Cost = { N: number; r: number; p: number };
const derive = promisify<string, Buffer, number, Cost & { maxmem: number }, Buffer>(scrypt);

/**
 * 32 MiB and about a quarter of a second of one core: one of the settings that the OWASP Password Storage Cheat Sheet
 * holds equal (2^17/1, 2^16/2, 2^15/3, …), chosen for its small memory. Kept with every hash, so it can be raised later.
 */
const COST: Cost = { N: 2 ** 15, r: 8, p: 3 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** @returns `scrypt:<N>:<r>:<p>:<salt>:<hash>`, salt and hash hexadecimal. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await run(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('hex'), hash.toString('hex')].join(':');
}

/** A hash that no password fits: compared where there is none, so that the delay does not tell. */
export function decoyPasswordHash(): string {
  const [salt, hash] = [randomBytes(SALT_BYTES), randomBytes(KEY_BYTES)];
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('hex'), hash.toString('hex')].join(':');
}

/** Compares in constant time. */
export async function matchesPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, N, r, p, salt, hash] = stored.split(':');
  if (scheme !== 'scrypt' || salt === undefined || hash === undefined) {
    throw new Error('a password hash is of a kind that this version does not know');
  }
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const expected = Buffer.from(hash, 'hex');
  return timingSafeEqual(await run(password, Buffer.from(salt, 'hex'), cost), expected);
}

function run(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  // Twice what it takes: Node's own bound leaves no room beside the table.
  const maxmem = 2 * 128 * cost.N * cost.r;
  // The same letters typed on another keyboard are the same password.
  return derive(password.normalize('NFKC'), salt, KEY_BYTES, { ...cost, maxmem });
}
