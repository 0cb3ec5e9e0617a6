import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openDataFolder } from './data-folder.js';
import { openRegistry } from './open-registry.js';
import { COMMAND_LINE } from './registry.js';
import { hashSecret } from './secret-hash.js';
import { LIMITS } from './testing/registry-harness.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-registry-'));
  openDataFolder(folder, 'live', 2);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openRegistry(folder, { defaultWardLimits: LIMITS });

/** `devices.db` as version 0.1 of Vigil wrote it. */
async function writeOld(...devices: [device: string, patient: string, addedMs: number][]) {
  const database = new DatabaseSync(join(folder, 'devices.db'));
  database.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS devices (
      device TEXT PRIMARY KEY, patient TEXT NOT NULL, origin TEXT NOT NULL, added_ms INTEGER NOT NULL,
      salt BLOB NOT NULL, hash BLOB NOT NULL, cost INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`);
  for (const [device, patient, addedMs] of devices) {
    const { salt, hash, cost } = await hashSecret(`secret of ${device}`);
    database
      .prepare('INSERT INTO devices VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(device, patient, 'live', addedMs, salt, hash, cost);
  }
  database.close();
}

describe('the devices of an earlier version', () => {
  it('are taken over with their secrets and wearers, and the file is put aside', async () => {
    await writeOld(['w-1', 'p-1', 1000], ['w-2', 'p-1', 3000], ['w-3', 'p-2', 2000]);
    const registry = await open();
    expect(await registry.devices.verify('w-1', 'secret of w-1')).toMatchObject({
      ward: 'main',
      wearings: [{ patient: 'p-1', fromMs: 1000, toMs: null }],
    });
    expect(await registry.devices.verify('w-1', 'secret of w-2')).toBeNull();
    expect(await registry.patients.inWard('main')).toMatchObject([
      {
        patient: 'p-1',
        admission: {
          bed: null,
          label: 'p-1',
          admittedMs: 1000,
          devices: [{ device: 'w-1' }, { device: 'w-2', sinceMs: 3000 }],
        },
      },
      { patient: 'p-2', admission: { admittedMs: 2000 } },
    ]);
    const records = await registry.outbox.peek(10);
    expect(records.map(({ key, record }) => [key, record.type])).toEqual([
      ['ward:main', 'limits'],
      ['p-1', 'admission'],
      ['p-2', 'admission'],
    ]);
    expect(await registry.audit.query({ subject: 'p-1' })).toMatchObject([
      { person: 'station', reason: 'taken over from an earlier version' },
    ]);
    await registry.close();
    expect(existsSync(join(folder, 'devices.db'))).toBe(false);
    expect(existsSync(join(folder, 'devices.db.imported'))).toBe(true);
  });

  it('are taken over once, also when that was broken off before the file was put aside', async () => {
    await writeOld(['w-1', 'p-1', 1000]);
    await (await open()).close();
    renameSync(join(folder, 'devices.db.imported'), join(folder, 'devices.db'));
    const registry = await open();
    expect(await registry.devices.list()).toHaveLength(1);
    expect(await registry.audit.query({ subject: 'p-1' })).toHaveLength(1);
    await registry.devices.remove(COMMAND_LINE, 'w-1');
    await registry.close();
    const again = await open();
    expect(await again.devices.list()).toEqual([]);
    await again.close();
  });

  it('may be none', async () => {
    await writeOld();
    const registry = await open();
    expect(await registry.devices.list()).toEqual([]);
    await registry.close();
  });
});
