import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDataFolder, openDeviceStore } from '@app/registry';
import { provisionDevices } from './provision-devices.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-provision-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const wanted = (patient: string) => [{ device: 'sim-01', patient }];

describe('provisionDevices', () => {
  it('adds a device, and gives a known one a new secret and patient', async () => {
    openDataFolder(folder, 'simulated', 1);
    const first = await provisionDevices(folder, 'simulated', wanted('P-01'));
    const second = await provisionDevices(folder, 'simulated', wanted('P-02'));
    const store = openDeviceStore(folder);
    expect(await store.verify('sim-01', first.get('sim-01')!)).toBeNull();
    expect(await store.verify('sim-01', second.get('sim-01')!)).toMatchObject({
      patient: 'P-02',
      origin: 'simulated',
    });
    store.close();
  });

  it('says what to do with a folder that no station has made', async () => {
    const provisioning = provisionDevices(folder, 'replay', wanted('P-01'));
    await expect(provisioning).rejects.toThrow(`vigil start --data ${folder} --origin replay`);
  });

  it('does not touch a folder of real patients', async () => {
    openDataFolder(folder, 'live', 1);
    await expect(provisionDevices(folder, 'simulated', wanted('P-01'))).rejects.toThrow('live');
  });
});
