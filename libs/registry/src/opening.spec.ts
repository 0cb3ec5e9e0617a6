import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DataFolderError, openDataFolder } from './data-folder.js';
import { migrate } from './migrate.js';
import { MIGRATIONS, type RegistryMigration } from './migrations/index.js';
import { REGISTRY_FILE, openRegistry } from './open-registry.js';
import { COMMAND_LINE } from './registry.js';
import { prepareFile } from './sqlite/prepare-file.js';
import { SqliteDatabase } from './sqlite/sqlite-database.js';
import { LIMITS } from './testing/registry-harness.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-registry-'));
  file = join(folder, REGISTRY_FILE);
  openDataFolder(folder, 'live', 2);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openRegistry(folder, { defaultWardLimits: LIMITS });

/** A registry with a ward `west`, closed. */
async function make(): Promise<void> {
  const registry = await open();
  await registry.wards.add(COMMAND_LINE, 'west', 'West');
  await registry.close();
}

function wardsOf(path: string): unknown[] {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database.prepare('SELECT * FROM wards ORDER BY ward').all();
  database.close();
  return rows;
}

describe('openRegistry', () => {
  it('makes a file that only its owner can read', async () => {
    const registry = await open();
    for (const name of readdirSync(folder).filter((entry) => entry.startsWith(REGISTRY_FILE))) {
      expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
    }
    await registry.close();
    await registry.close();
    await expect(registry.wards.list()).rejects.toThrow();
  });

  it('refuses a registry of a newer version and leaves it as it is', async () => {
    await make();
    const database = new DatabaseSync(file);
    database.exec(`
      INSERT INTO kysely_migration VALUES ('9999-later', '2030-01-01T00:00:00.000Z');
      PRAGMA wal_checkpoint(TRUNCATE)`);
    database.close();
    const before = readFileSync(file);
    await expect(open()).rejects.toMatchObject({
      name: 'RegistryError',
      message:
        `${file} was made by a newer version of Vigil (it has 9999-later, which this version does not know), and nothing was changed: ` +
        'start that version, or restore the backup from before the upgrade',
    });
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes('before'))).toEqual([]);
    const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
    expect(log?.size ?? 0).toBe(0);
  });

  it('refuses a folder that is none, another origin, and limits that contradict each other', async () => {
    await expect(openRegistry(join(folder, 'none'), { defaultWardLimits: LIMITS })).rejects.toThrow(
      DataFolderError,
    );
    const wrong = { ...LIMITS, heartRateLowBpm: 130 };
    await expect(openRegistry(folder, { defaultWardLimits: wrong })).rejects.toThrow(
      'these limits cannot be set',
    );
    await make();
    writeFileSync(
      join(folder, 'vigil.json'),
      JSON.stringify({ format: 1, origin: 'simulated', partitions: 2 }),
    );
    await expect(open()).rejects.toThrow('this registry holds live patients, not simulated');
  });

  it('says when the file is no database', async () => {
    writeFileSync(file, 'this is no database, however long it may be'.repeat(100));
    await expect(open()).rejects.toThrow('not a database');
  });
});

describe('an upgrade', () => {
  const addColumn: RegistryMigration = async (db) => {
    await sql`alter table wards add column floor text`.execute(db);
  };
  const upgraded = { ...MIGRATIONS, '0099-floor': addColumn };
  const run = async (migrations: typeof upgraded) => {
    prepareFile(file, migrations);
    const database = new SqliteDatabase(file);
    try {
      await migrate(database, migrations, () => Promise.resolve());
    } finally {
      await database.close();
    }
  };

  it('copies the registry before it changes the tables, once', async () => {
    await make();
    const station = new SqliteDatabase(file);
    await station.write((db) =>
      db.updateTable('wards').set({ name: 'in the log' }).where('ward', '=', 'west').execute(),
    );
    const before = wardsOf(file);
    await run(upgraded);
    await station.close();
    const copy = `${file}.before-0099-floor`;
    expect(wardsOf(copy)).toEqual(before);
    expect(before[1]).toMatchObject({ name: 'in the log' });
    expect(wardsOf(file)).toMatchObject([{ floor: null }, { floor: null, name: 'in the log' }]);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    rmSync(copy);
    await run(upgraded);
    expect(existsSync(copy)).toBe(false);
  });

  it('changes nothing when it fails, and says why', async () => {
    await make();
    const before = wardsOf(file);
    const failing: RegistryMigration = async (db, engine) => {
      await addColumn(db, engine);
      throw new Error('the disk is full');
    };
    await expect(run({ ...MIGRATIONS, '0099-floor': failing })).rejects.toThrow('the disk is full');
    expect(wardsOf(file)).toEqual(before);
    const registry = await open();
    expect(await registry.wards.list()).toHaveLength(2);
    await registry.close();
  });
});
