import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** How long a copy waits for a writer's checkpoint, ms. */
const BUSY_MS = 10_000;

/**
 * Copies a SQLite database as it is at one moment, whoever writes to it meanwhile.
 * @param to must not exist.
 * @returns whether there was one to copy.
 */
export function copyDatabase(from: string, to: string): boolean {
  if (!existsSync(from)) return false;
  let database: DatabaseSync;
  try {
    // to read: what was removed a moment ago must not be made again
    database = new DatabaseSync(from, { readOnly: true, timeout: BUSY_MS });
  } catch (error) {
    if (!existsSync(from)) return false;
    throw error;
  }
  try {
    // not the backup API: with another process that writes, it begins again and again
    database.prepare('VACUUM INTO ?').run(to);
    return true;
  } finally {
    database.close();
  }
}
