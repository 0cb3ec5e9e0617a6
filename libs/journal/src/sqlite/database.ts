import { accessSync, constants } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { whenFree } from './busy.js';
import { SQLITE_CANTOPEN, resultCode } from './sqlite-values.js';

/** How long a statement waits while another process recovers the log of one that was killed, ms. */
const BUSY_TIMEOUT_MS = 5000;

/** Opens for writing (throws with the path when that is not allowed: SQLite would open it for reading), creates the file when it is missing, and makes sure that a commit survives power loss. */
export function openDurable(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    accessSync(path, constants.W_OK);
    // For this statement SQLite gives up at once, whatever the timeout.
    whenFree(() => database.exec('PRAGMA journal_mode = WAL'));
    // fullfsync: macOS only; without it an fsync there stops at the drive's cache.
    database.exec(
      'PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON',
    );
    const { journalMode, synchronous } = durability(database);
    if (journalMode !== 'wal' || synchronous !== FULL) {
      throw new Error(
        `SQLite refused durable settings for ${path}: journal_mode ${journalMode}, synchronous ${synchronous}`,
      );
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

export interface Durability {
  journalMode: string;
  /** 2 is FULL. */
  synchronous: number;
}

const FULL = 2;

export function durability(database: DatabaseSync): Durability {
  return {
    journalMode: String(database.prepare('PRAGMA journal_mode').get()?.['journal_mode']),
    synchronous: Number(database.prepare('PRAGMA synchronous').get()?.['synchronous']),
  };
}

/**
 * Opens an existing file for reading, or gives null when there is none. The file is opened read-write underneath: only so
 * can SQLite recover the log of a process that was killed.
 */
export function openForReading(path: string): DatabaseSync | null {
  const url = pathToFileURL(path);
  url.searchParams.set('mode', 'rw');
  try {
    const database = new DatabaseSync(url, { timeout: BUSY_TIMEOUT_MS });
    database.exec('PRAGMA query_only = ON');
    return database;
  } catch (error) {
    if (resultCode(error) === SQLITE_CANTOPEN) return null;
    throw error;
  }
}

/** Runs a write transaction; waits its turn among processes. */
export function transaction<T>(database: DatabaseSync, action: () => T): T {
  // SQLite's own wait doubles its sleeps up to 100 ms, so that one busy process could starve another.
  database.exec('PRAGMA busy_timeout = 0');
  try {
    whenFree(() => database.exec('BEGIN IMMEDIATE'));
  } finally {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  }
  try {
    const result = action();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
