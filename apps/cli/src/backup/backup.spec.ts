import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_WARD_LIMITS, encodeRecord } from '@app/contracts';
import { openSqliteJournal } from '@app/journal';
import { COMMAND_LINE, openDataFolder, openRegistry } from '@app/registry';
import { openSeriesStore } from '@app/series';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUp } from './back-up.js';
import { restore } from './restore.js';

let root: string;
let data: string;
const at = (name: string) => join(root, name);

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'vigil-backup-'));
  data = at('data');
  openDataFolder(data, 'simulated', 2);
  const journal = await openSqliteJournal({ folder: join(data, 'journal'), partitions: 2 });
  await journal.append('ward', [
    { key: 'p-1', value: encodeRecord({ type: 'tick', atMs: 1000 }) },
    { key: 'p-1', value: encodeRecord({ type: 'tick', atMs: 2000 }) },
  ]);
  await journal.close();
  const series = openSeriesStore({
    kind: 'sqlite',
    file: join(data, 'history.db'),
    retentionDays: 9,
  });
  await series.prepare();
  await series.close();
  const registry = await openRegistry(data, { defaultWardLimits: DEFAULT_WARD_LIMITS });
  await registry.patients.admit(COMMAND_LINE, 'main', {
    patient: 'p-1',
    name: 'Ada',
    label: 'AL',
    bed: null,
  });
  await registry.outbox.remove((await registry.outbox.peek(100)).map(({ id }) => id));
  await registry.close();
  mkdirSync(join(data, 'tls'));
  writeFileSync(join(data, 'tls', 'key.pem'), 'key', { mode: 0o600 });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('vigil backup and restore', () => {
  it('brings everything to another folder, and says anew what is in force', async () => {
    const manifest = await backUp(data, at('backup'), '1.2.3');
    expect(Object.keys(manifest.files)).toEqual(
      expect.arrayContaining(['vigil.json', 'registry.db', 'history.db', 'tls/key.pem']),
    );
    expect(statSync(at('backup')).mode & 0o077).toBe(0);
    await restore(at('backup'), at('other'));
    expect(statSync(at('other')).mode & 0o077).toBe(0);
    expect(statSync(join(at('other'), 'tls/key.pem')).mode & 0o077).toBe(0);

    const journal = await openSqliteJournal({
      folder: join(at('other'), 'journal'),
      partitions: 2,
    });
    const bounds = await journal.bounds('ward');
    expect(bounds.map(({ next }) => next).toSorted((a, b) => a - b)).toEqual([0, 2]);
    await journal.close();
    const registry = await openRegistry(at('other'), { defaultWardLimits: DEFAULT_WARD_LIMITS });
    expect((await registry.patients.find('p-1'))?.identity?.name).toBe('Ada');
    const announced = (await registry.outbox.peek(100)).map(({ record }) => record);
    expect(announced).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'limits', patient: 'ward:main' }),
        expect.objectContaining({ type: 'admission', patient: 'p-1', change: 'announced' }),
      ]),
    );
    expect(await registry.audit.verify()).toBeNull();
    await registry.close();
  });

  it('leaves nobody signed in', async () => {
    const options = { defaultWardLimits: DEFAULT_WARD_LIMITS };
    const before = await openRegistry(data, options);
    const nurse = { name: 'Nia', role: 'nurse', wards: 'all' } as const;
    const link = await before.people.add(COMMAND_LINE, nurse);
    const { token } = await before.sessions.open(link.person);
    await before.close();
    await backUp(data, at('backup'), '1.2.3');
    await restore(at('backup'), at('other'));
    const registry = await openRegistry(at('other'), options);
    expect(await registry.sessions.find(token)).toBeNull();
    expect(await registry.sessions.linkHolder(link.token)).toBeNull();
    await registry.close();
  });

  it.each([
    '/etc/hosts',
    '../data/vigil.json',
    'tls/../vigil.json',
    './vigil.json',
    'tls\\\\key.pem',
  ])('refuses a manifest that names %s', async (name) => {
    await backUp(data, at('backup'), '1.2.3');
    const file = join(at('backup'), 'backup.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"tls/key.pem"', `"${name}"`));
    await expect(restore(at('backup'), at('new'))).rejects.toThrow('names the file');
    expect(existsSync(at('new'))).toBe(false);
  });

  it.each(['tls/key.pem', 'tls'])('refuses a backup in which %s is a link', async (name) => {
    await backUp(data, at('backup'), '1.2.3');
    const path = join(at('backup'), name);
    renameSync(path, at('elsewhere'));
    symlinkSync(at('elsewhere'), path);
    await expect(restore(at('backup'), at('new'))).rejects.toThrow(`${path} is not a`);
    expect(existsSync(at('new'))).toBe(false);
  });

  it('refuses a folder that holds something, on either side', async () => {
    await backUp(data, at('backup'), '1.2.3');
    await expect(backUp(data, at('backup'), '1.2.3')).rejects.toThrow('is not empty');
    await expect(restore(at('backup'), data)).rejects.toThrow('is not empty');
    await expect(backUp(at('backup'), join(at('backup'), 'x'), '1')).resolves.toBeDefined();
    await expect(backUp(at('none'), at('x'), '1')).rejects.toThrow('vigil.json');
  });

  it('refuses what is no backup, changed, incomplete or newer, and leaves nothing behind', async () => {
    await backUp(data, at('backup'), '1.2.3');
    await expect(restore(data, at('new'))).rejects.toThrow('is no backup');
    const registry = join(at('backup'), 'registry.db');
    const sound = readFileSync(registry);
    appendFileSync(registry, 'x');
    await expect(restore(at('backup'), at('new'))).rejects.toThrow('not as it was written');
    rmSync(registry);
    await expect(restore(at('backup'), at('new'))).rejects.toThrow('is missing');
    writeFileSync(registry, sound);
    const file = join(at('backup'), 'backup.json');
    const manifest = readFileSync(file, 'utf8');
    writeFileSync(file, manifest.replace('"format": 1', '"format": 2'));
    await expect(restore(at('backup'), at('new'))).rejects.toThrow('which is newer');
    writeFileSync(file, '{');
    await expect(restore(at('backup'), at('new'))).rejects.toThrow('is damaged');
    writeFileSync(file, manifest);
    expect(existsSync(at('new'))).toBe(false);
    expect(existsSync(at('new.unfinished'))).toBe(false);
    await restore(at('backup'), at('new'));
  });
});
