import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolderError, openDataFolder } from './data-folder.js';
import { DeviceStoreError } from './device-record.js';
import { type DeviceStore, openDeviceStore } from './device-store.js';

let path: string;
let store: DeviceStore;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'vigil-devices-'));
  openDataFolder(path, 'simulated', 2);
  store = openDeviceStore(path);
});

afterEach(() => {
  store.close();
  rmSync(path, { recursive: true, force: true });
});

const add = (device = 'watch-7', patient = 'p-1') =>
  store.add({ device, patient, origin: 'simulated' });

describe('DeviceStore', () => {
  it('verifies the secret that it gave out, again and again, and no other', async () => {
    const { secret } = await add();
    const record = { device: 'watch-7', patient: 'p-1', origin: 'simulated' };
    for (let i = 0; i < 3; i++) {
      expect(await store.verify('watch-7', secret)).toMatchObject(record);
      expect(await store.verify('watch-7', `${secret}x`)).toBeNull();
      expect(await store.verify('watch-8', secret)).toBeNull();
    }
    expect(await store.verify('watch-7', 'x'.repeat(10_000))).toBeNull();
  });

  it('keeps no secret in its file', async () => {
    const { secret } = await add();
    store.close();
    expect(readFileSync(join(path, 'devices.db')).includes(secret)).toBe(false);
  });

  it('knows a secret no more once it is renewed, nor a device that is removed, whoever did it', async () => {
    const { secret } = await add();
    await store.verify('watch-7', secret);
    const other = openDeviceStore(path);
    const renewed = await other.renew('watch-7');
    expect(await store.verify('watch-7', secret)).toBeNull();
    expect(await store.verify('watch-7', renewed.secret)).not.toBeNull();
    expect(other.remove('watch-7')).toBe(true);
    other.close();
    expect(await store.verify('watch-7', renewed.secret)).toBeNull();
    expect(store.find('watch-7')).toBeNull();
    expect(store.remove('watch-7')).toBe(false);
    await expect(store.renew('watch-7')).rejects.toThrow('no device watch-7');
  });

  it('lists by name, and finds and changes whose a device is', async () => {
    await add('b', 'p-2');
    await add('a', 'p-1');
    expect(store.list().map(({ device }) => device)).toEqual(['a', 'b']);
    expect(store.setPatient('b', 'p-1')).toBe(true);
    expect(store.worn('p-1').map(({ device }) => device)).toEqual(['a', 'b']);
    expect(store.find('b')?.patient).toBe('p-1');
    expect(store.setPatient('c', 'p-1')).toBe(false);
  });

  it('refuses a name twice, a name that is none and an origin other than the folder’s', async () => {
    await add();
    await expect(add()).rejects.toThrow(new DeviceStoreError('device watch-7 exists already'));
    await expect(add('a/b')).rejects.toThrow('cannot be a device');
    await expect(add('c', '')).rejects.toThrow('cannot be a patient');
    await expect(store.add({ device: 'd', patient: 'p', origin: 'live' })).rejects.toThrow(
      'holds simulated patients',
    );
    expect(() => store.setPatient('watch-7', '#')).toThrow('cannot be a patient');
  });

  it('verifies a whole ward that reconnects without hashing again', async () => {
    const { secret } = await add();
    await store.verify('watch-7', secret);
    const before = process.cpuUsage();
    for (let i = 0; i < 1000; i++)
      expect((await store.verify('watch-7', secret))?.device).toBe('watch-7');
    const { user, system } = process.cpuUsage(before);
    // a thousand hashes cost about 10 s; the bound leaves room for a slow machine
    expect((user + system) / 1e6).toBeLessThan(2);
  });

  it('needs a data folder', () => {
    expect(() => openDeviceStore(tmpdir())).toThrow(DataFolderError);
  });
});
