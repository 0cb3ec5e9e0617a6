import { chmodSync, closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pendingMigrations } from '../migrate.js';
import type { RegistryMigration } from '../migrations/index.js';

/** Names of patients: for the station's own user only. */
const OWN = 0o600;

/**
 * Checks a registry's file before anything writes to it, and copies it before its tables change. Makes an empty one when
 * there is none.
 * @throws RegistryError when it was made by a newer version.
 */
export function prepareFile(
  file: string,
  known: Readonly<Record<string, RegistryMigration>>,
): void {
  if (!existsSync(file)) {
    closeSync(openSync(file, 'a', OWN));
    return;
  }
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const applied = appliedTo(database);
    const [next] = pendingMigrations(file, applied, known);
    if (next !== undefined && applied.length > 0) copyTo(database, `${file}.before-${next}`);
  } finally {
    database.close();
  }
}

function appliedTo(database: DatabaseSync): string[] {
  const table = database
    .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'kysely_migration'")
    .get();
  if (table === undefined) return [];
  const rows = database.prepare('SELECT name FROM kysely_migration').all();
  return rows.map(({ name }) => String(name));
}

/** A complete copy, with what is still in the write-ahead log. */
function copyTo(database: DatabaseSync, copy: string): void {
  // Of an upgrade that was broken off: the registry has not changed since.
  rmSync(copy, { force: true });
  closeSync(openSync(copy, 'a', OWN));
  database.prepare('VACUUM INTO ?').run(copy);
  chmodSync(copy, OWN);
}
