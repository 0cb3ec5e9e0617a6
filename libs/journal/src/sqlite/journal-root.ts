import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { JournalSetupError } from '../journal-errors.js';
import { isDamage } from './damage.js';
import { openForReading, transaction } from './database.js';

export const ROOT_FILE = 'journal.sqlite';

const VERSION = 1;

/** Most partitions of a stream: each is visited at every roll and by every tick. */
export const MAX_PARTITIONS = 1024;

/**
 * Makes the journal in a folder, or checks that it is there with as many partitions: which key lies where depends on their
 * number, so it never changes. The file's lock makes one process of several the founder.
 */
export function openRoot(folder: string, partitions: number, nowMs: number): void {
  if (!Number.isInteger(partitions) || partitions < 1 || partitions > MAX_PARTITIONS) {
    throw new JournalSetupError(
      `A journal has 1 to ${MAX_PARTITIONS} partitions, not ${partitions}`,
    );
  }
  mkdirSync(folder, { recursive: true });
  const path = join(folder, ROOT_FILE);
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    database.exec('PRAGMA synchronous = FULL');
    transaction(database, () => {
      if (userVersion(database) !== 0) return;
      database.exec(
        `CREATE TABLE journal (partitions INTEGER NOT NULL, created_ms INTEGER NOT NULL) STRICT;
         PRAGMA user_version = ${VERSION}`,
      );
      database.prepare('INSERT INTO journal VALUES (?, ?)').run(partitions, Math.round(nowMs));
    });
    const found = partitionsIn(database, path);
    if (found !== partitions) {
      throw new JournalSetupError(
        `The journal in ${folder} was made with ${found} partitions and cannot be opened with ${partitions}: ` +
          'use the same number, or another folder',
      );
    }
  } catch (error) {
    throw rootError(error, path);
  } finally {
    database.close();
  }
}

/** Partitions of an existing journal; a clear error when the folder holds none. */
export function readRoot(folder: string): number {
  const path = join(folder, ROOT_FILE);
  const database = existsSync(path) ? openForReading(path) : null;
  if (database === null) throw new JournalSetupError(`There is no journal in ${folder}`);
  try {
    return partitionsIn(database, path);
  } catch (error) {
    throw rootError(error, path);
  } finally {
    database.close();
  }
}

function partitionsIn(database: DatabaseSync, path: string): number {
  const version = userVersion(database);
  if (version !== VERSION) {
    throw new JournalSetupError(
      version === 0
        ? `${path} is empty: the journal was never finished being made`
        : `${path} has format ${version}; this program knows ${VERSION}`,
    );
  }
  return Number(database.prepare('SELECT partitions FROM journal').get()?.['partitions']);
}

function rootError(error: unknown, path: string): unknown {
  if (!isDamage(error)) return error;
  return new JournalSetupError(`${path} is damaged: ${(error as Error).message}`, { cause: error });
}

function userVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}
