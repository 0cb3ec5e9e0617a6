import { createHmac, timingSafeEqual } from 'node:crypto';

/** Header of the signature: `t=<seconds since 1970>,v1=<HMAC-SHA256 of "<t>.<body>", hex>`. */
export const SIGNATURE_HEADER = 'vigil-signature';
/** A receiver should refuse what was signed longer ago, s: a recorded call cannot be played back later. */
export const SIGNATURE_COUNTS_FOR_S = 300;

export function sign(body: string, secret: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000);
  return `t=${seconds},v1=${digest(body, secret, seconds)}`;
}

/** What a receiver does: whether a body was signed with this secret, lately. */
export function isSigned(body: string, header: string, secret: string, nowMs: number): boolean {
  const parts = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header);
  if (parts === null) return false;
  const seconds = Number(parts[1]);
  if (Math.abs(nowMs / 1000 - seconds) > SIGNATURE_COUNTS_FOR_S) return false;
  const expected = Buffer.from(digest(body, secret, seconds), 'hex');
  return timingSafeEqual(expected, Buffer.from(String(parts[2]), 'hex'));
}

function digest(body: string, secret: string, seconds: number): string {
  return createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
}
