import type { AlarmLimits, Origin } from '@app/contracts';
import type { PostgresPool } from 'kysely';
import { join } from 'node:path';
import { Changes, type Clock } from './change.js';
import { readDataFolder } from './data-folder.js';
import type { RegistryDatabase } from './database.js';
import { fillNew } from './first-ward.js';
import { importDevices } from './import-devices.js';
import { checkedLimits } from './limits-rules.js';
import { appliedMigrations, migrate, pendingMigrations } from './migrate.js';
import { MIGRATIONS } from './migrations/index.js';
import { PostgresDatabase } from './postgres/postgres-database.js';
import type { Registry } from './registry.js';
import { RegistryStore } from './registry-store.js';
import { prepareFile } from './sqlite/prepare-file.js';
import { SqliteDatabase } from './sqlite/sqlite-database.js';

export interface RegistryOptions {
  /** Of the first ward, and of wards that are added. */
  defaultWardLimits: AlarmLimits;
  /** Station's clock, ms since 1970. */
  clock?: Clock;
  /** The system's clock, where the station's may be ahead of it. */
  systemClock?: Clock;
}

/** The file in a data folder. */
export const REGISTRY_FILE = 'registry.db';

/**
 * Opens the registry of a data folder, or makes it, and brings it up to this version; before that, a copy is laid beside it.
 * Takes over the devices of a folder of a version that had none.
 * @throws DataFolderError when the folder is no data folder.
 * @throws RegistryError when the registry was made by a newer version.
 */
export async function openRegistry(
  dataFolderPath: string,
  options: RegistryOptions,
): Promise<Registry> {
  const { origin } = readDataFolder(dataFolderPath);
  const file = join(dataFolderPath, REGISTRY_FILE);
  prepareFile(file, MIGRATIONS);
  return open(new SqliteDatabase(file), origin, options, (changes) =>
    importDevices(dataFolderPath, changes),
  );
}

/**
 * The same registry in a PostgreSQL database (14 or later), which several stations may share.
 * @param pool a `Pool` of the package `pg`; closed with the registry.
 * @throws RegistryError when the registry was made by a newer version, or is of another origin.
 */
export async function openPostgresRegistry(
  pool: PostgresPool,
  { origin, ...options }: RegistryOptions & { origin: Origin },
): Promise<Registry> {
  const database = new PostgresDatabase(pool);
  try {
    const applied = await appliedMigrations(database.reader);
    pendingMigrations('the registry in PostgreSQL', applied, MIGRATIONS);
  } catch (error) {
    await database.close();
    throw error;
  }
  return open(database, origin, options, () => Promise.resolve());
}

async function open(
  database: RegistryDatabase,
  origin: Origin,
  { defaultWardLimits, clock = Date.now, systemClock = clock }: RegistryOptions,
  then: (changes: Changes) => Promise<void>,
): Promise<Registry> {
  try {
    const limits = checkedLimits(defaultWardLimits);
    await migrate(database, MIGRATIONS, (db) => fillNew(db, origin, Math.round(clock()), limits));
    const changes = new Changes(database, clock, systemClock);
    await then(changes);
    return new RegistryStore(changes, origin, limits);
  } catch (error) {
    await database.close();
    throw error;
  }
}
