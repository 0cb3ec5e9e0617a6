import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** How long another process may take, ms. */
const WAIT_MS = 10_000;

/**
 * Runs `action` while no other process runs one in the same folder: roles that start together must not make two roots. The
 * lock is SQLite's on a file of its own; the operating system gives it back however a process ends.
 */
export async function oneAtATime<T>(folder: string, action: () => Promise<T>): Promise<T> {
  const database = new DatabaseSync(join(folder, 'making.lock'));
  try {
    database.exec(`PRAGMA busy_timeout = ${WAIT_MS}`);
    database.exec('BEGIN EXCLUSIVE');
    return await action();
  } finally {
    database.close();
  }
}
