import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { COMMAND_LINE, type Registry, openDataFolder } from '@app/registry';
import { withRegistry } from '../registry/with-registry.js';
import { provisionDevices } from './provision-devices.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-provision-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const wanted = (patient: string) => [{ device: 'sim-01', patient }];
const registry = <T>(action: (registry: Registry) => Promise<T>) => withRegistry(folder, action);
/** `bed: patient`, in the order of the wall. */
const beds = () =>
  registry(async ({ wards }) =>
    ((await wards.find('main'))?.beds ?? []).map(({ bed, patient }) => `${bed}: ${patient}`),
  );

describe('provisionDevices', () => {
  it('admits to numbered beds, worn since before the run, with a new secret each time', async () => {
    openDataFolder(folder, 'simulated', 1);
    const wearers = [
      { device: 'sim-01', patient: 'P-01', name: 'Ada Lindqvist', label: 'A. L.' },
      { device: 'sim-02', patient: 'P-02', bed: '1' },
      { device: 'sim-03', patient: 'P-01' },
    ];
    const first = await provisionDevices(folder, 'simulated', wearers);
    const before = await registry(({ patients }) => patients.inWard('main'));
    const second = await provisionDevices(folder, 'simulated', wearers);
    expect(await registry(({ patients }) => patients.inWard('main'))).toEqual(before);
    expect(await beds()).toEqual(['2: P-01', '1: P-02']);
    expect(before).toMatchObject([
      {
        patient: 'P-01',
        origin: 'simulated',
        identity: { name: 'Ada Lindqvist' },
        admission: { label: 'A. L.', devices: [{ device: 'sim-01' }, { device: 'sim-03' }] },
      },
      { patient: 'P-02', admission: { label: 'P-02' } },
    ]);
    for (const { admission } of before) {
      for (const { sinceMs } of admission?.devices ?? []) {
        expect(Date.now() - sinceMs).toBeGreaterThan(3_590_000);
      }
    }
    await registry(async ({ devices }) => {
      expect(await devices.verify('sim-01', first.get('sim-01')!)).toBeNull();
      expect(await devices.verify('sim-01', second.get('sim-01')!)).toMatchObject({
        origin: 'simulated',
        wearings: [{ patient: 'P-01', toMs: null }],
      });
    });
  });

  it('gives a device to another patient from now on', async () => {
    openDataFolder(folder, 'simulated', 1);
    await provisionDevices(folder, 'simulated', wanted('P-01'));
    const beforeMs = Date.now();
    await provisionDevices(folder, 'simulated', wanted('P-02'));
    const entry = await registry(({ devices }) => devices.find('sim-01'));
    expect(entry?.wearings.map(({ patient }) => patient)).toEqual(['P-01', 'P-02']);
    expect(entry?.wearings[1]?.fromMs).toBe(entry?.wearings[0]?.toMs);
    expect(entry?.wearings[1]?.fromMs).toBeGreaterThanOrEqual(beforeMs);
    expect(await beds()).toEqual(['1: P-01', '2: P-02']);
  });

  it('discharges who is not of the run, when it is told to, and takes back who was discharged', async () => {
    openDataFolder(folder, 'simulated', 1);
    const two = [...wanted('P-01'), { device: 'sim-02', patient: 'P-02', name: 'Ada' }];
    const discharging = { dischargeOthers: true };
    await provisionDevices(folder, 'simulated', two);
    const nurse = { person: 'n', name: 'Noor', role: 'nurse' } as const;
    const visitor = { patient: 'visitor', name: 'V.', label: 'V.', bed: null };
    await registry(({ patients }) => patients.admit(nurse, 'main', visitor));
    await provisionDevices(folder, 'simulated', wanted('P-01'), discharging);
    expect(await beds()).toEqual(['1: P-01', '2: null']);
    const there = await registry(({ patients }) => patients.inWard('main'));
    expect(there.map(({ patient }) => patient)).toEqual(['P-01', 'visitor']);
    const secrets = await provisionDevices(folder, 'simulated', two, discharging);
    expect(await beds()).toEqual(['1: P-01', '2: P-02']);
    const back = await registry(({ devices }) => devices.verify('sim-02', secrets.get('sim-02')!));
    expect(back?.wearings).toHaveLength(2);
    expect(back?.wearings[1]).toMatchObject({ patient: 'P-02', toMs: null });
    expect(back?.wearings[1]?.fromMs).toBe(back?.wearings[0]?.toMs);
  });

  it('gives a bed to who has none', async () => {
    openDataFolder(folder, 'simulated', 1);
    const request = { patient: 'P-01', name: 'P-01', label: 'P-01', bed: null };
    await registry(({ patients }) => patients.admit(COMMAND_LINE, 'main', request));
    await provisionDevices(folder, 'simulated', wanted('P-01'));
    expect(await beds()).toEqual(['1: P-01']);
  });

  it('admits without a bed when the ward has no more', async () => {
    openDataFolder(folder, 'simulated', 1);
    const many = Array.from({ length: 201 }, (_, i) => ({ device: `d-${i}`, patient: `p-${i}` }));
    await provisionDevices(folder, 'simulated', many);
    expect(await beds()).toHaveLength(200);
    const last = await registry(({ patients }) => patients.find('p-200'));
    expect(last?.admission).toMatchObject({ bed: null, devices: [{ device: 'd-200' }] });
  }, 60_000);

  it('says what to do with a folder that no station has made', async () => {
    const provisioning = provisionDevices(folder, 'replay', wanted('P-01'));
    await expect(provisioning).rejects.toThrow(`vigil start --data ${folder} --origin replay`);
  });

  it('does not touch a folder of real patients', async () => {
    openDataFolder(folder, 'live', 1);
    await expect(provisionDevices(folder, 'simulated', wanted('P-01'))).rejects.toThrow('live');
    expect(await registry(({ devices }) => devices.list())).toEqual([]);
  });
});
