import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Role, SettingError } from '../settings.js';

/** How long to wait for a process that is just ending, ms. */
const WAIT_MS = 6_000;
const RETRY_MS = 100;

/** SQLite's code for a lock that another process holds. */
const SQLITE_BUSY = 5;

/** Kept for the life of the process: a collected database would give its lock back. */
const held: DatabaseSync[] = [];

/**
 * Makes sure that a role works once on a data folder. The lock is SQLite's lock on a file of its own: the operating
 * system gives it back when the process ends, however it ends.
 * @throws SettingError when another process holds it, or the folder takes no lock.
 */
export async function lockRole(dataFolder: string, role: Role, index = 0): Promise<void> {
  const database = openLock(dataFolder, `${role}-${index}.lock`);
  const deadlineMs = performance.now() + WAIT_MS;
  for (;;) {
    try {
      database.exec('BEGIN EXCLUSIVE');
      held.push(database);
      return;
    } catch (error) {
      const isHeld = (error as { errcode?: number }).errcode === SQLITE_BUSY;
      if (!isHeld || performance.now() > deadlineMs) {
        database.close();
        if (!isHeld) throw cannotLock(dataFolder, error);
        throw new SettingError(
          `--data (VIGIL_DATA) ${dataFolder}: another station already runs the role ${role} on this folder; stop it, or choose another folder`,
          { cause: error },
        );
      }
      await sleep(RETRY_MS);
    }
  }
}

function openLock(dataFolder: string, name: string): DatabaseSync {
  try {
    const folder = join(dataFolder, 'locks');
    mkdirSync(folder, { recursive: true });
    return new DatabaseSync(join(folder, name));
  } catch (error) {
    throw cannotLock(dataFolder, error);
  }
}

function cannotLock(dataFolder: string, error: unknown): SettingError {
  return new SettingError(
    `--data (VIGIL_DATA) ${dataFolder}: its locks cannot be written: ${(error as Error).message}`,
    { cause: error },
  );
}
