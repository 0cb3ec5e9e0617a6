import type { SQLOutputValue } from 'node:sqlite';

/** SQLite's primary result code of an error that it threw (https://sqlite.org/rescode.html); 0 for any other error. */
export function resultCode(error: unknown): number {
  const isFromSqlite = typeof error === 'object' && error !== null && 'errcode' in error;
  // The low byte is the primary code: SQLITE_BUSY_RECOVERY and SQLITE_BUSY_SNAPSHOT are both SQLITE_BUSY.
  return isFromSqlite && typeof error.errcode === 'number' ? error.errcode & 0xff : 0;
}

export const SQLITE_BUSY = 5;
export const SQLITE_CORRUPT = 11;
export const SQLITE_FULL = 13;
export const SQLITE_CANTOPEN = 14;
export const SQLITE_NOTADB = 26;

/** A BLOB column's bytes. Throws on any other value: the tables are STRICT. */
export function bytesOf(value: SQLOutputValue | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`expected bytes, not ${typeof value}`);
}
