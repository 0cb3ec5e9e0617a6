import { type Kysely, type Transaction, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Engine, RegistryDatabase } from './database.js';
import { RegistryError } from './registry.js';
import type { RegistryMigration } from './migrations/index.js';
import type { Tables } from './tables.js';

const APPLIED = 'kysely_migration';
/** Of PostgreSQL's advisory locks: two stations that start at once change the tables one after the other. */
const LOCK = 0x76696769;

type Migrations = Readonly<Record<string, RegistryMigration>>;

/**
 * What stands between a database and this version.
 * @param applied names of the migrations that the database has seen.
 * @returns names of those that it still needs.
 * @throws RegistryError when the database was made by a newer version.
 */
export function pendingMigrations(
  where: string,
  applied: readonly string[],
  known: Migrations,
): string[] {
  const unknown = applied.filter((name) => known[name] === undefined);
  if (unknown.length > 0) {
    throw new RegistryError(
      'conflict',
      `${where} was made by a newer version of Vigil (it has ${unknown.join(', ')}, which this version does not know), and nothing was changed: ` +
        'start that version, or restore the backup from before the upgrade',
    );
  }
  return Object.keys(known).filter((name) => !applied.includes(name));
}

/** Names of the migrations that a database has seen, for `pendingMigrations`. */
export async function appliedMigrations(db: Kysely<Tables>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === APPLIED)) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(APPLIED)}`.execute(db);
  return rows.map(({ name }) => name);
}

/** Brings the tables up to date, then runs `then`; all of it or nothing. Does so again when it did already. */
export async function migrate(
  database: RegistryDatabase,
  known: Migrations,
  then: (db: Transaction<Tables>) => Promise<void>,
): Promise<void> {
  await database.write(async (db) => {
    if (database.engine === 'postgres')
      await sql`select pg_advisory_xact_lock(${LOCK})`.execute(db);
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve(bound(known, database.engine)) },
    });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
    await then(db);
  });
}

function bound(known: Migrations, engine: Engine) {
  const entries = Object.entries(known).map(([name, migration]) => [
    name,
    { up: (db: Kysely<never>) => migration(db, engine) },
  ]);
  return Object.fromEntries(entries) as Record<string, { up(db: Kysely<never>): Promise<void> }>;
}
