import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits: the secret of a cookie or a link. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token. Nobody guesses 256 random bits, so it needs neither salt nor cost. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
