import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEFAULT_WARD_LIMITS } from '@app/contracts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder } from './data-folder.js';
import { openRegistry } from './open-registry.js';
import { COMMAND_LINE, type Registry } from './registry.js';

const NOON_MS = Date.UTC(2026, 5, 1, 12);
const HOUR_MS = 3_600_000;
let folder: string;
let registry: Registry;
/** The station's clock and the system's. */
let clocks: { stationMs: number; systemMs: number };

beforeEach(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'vigil-clocks-')), 'data');
  openDataFolder(folder, 'live', 2);
  clocks = { stationMs: NOON_MS, systemMs: NOON_MS };
  registry = await openRegistry(folder, {
    defaultWardLimits: DEFAULT_WARD_LIMITS,
    clock: () => clocks.stationMs,
    systemClock: () => clocks.systemMs,
  });
  await registry.devices.add(COMMAND_LINE, 'main', 'watch');
  for (const patient of ['p-0', 'p-1', 'p-2'])
    await registry.patients.admit(COMMAND_LINE, 'main', {
      patient,
      name: patient,
      label: patient,
      bed: null,
    });
});
afterEach(async () => {
  await registry.close();
  rmSync(folder, { recursive: true, force: true });
});

const assign = (patient: string) =>
  registry.patients.assign(COMMAND_LINE, patient, {
    device: 'watch',
    position: 'wrist',
    mode: 'continuous',
  });
const wearings = async () => (await registry.devices.find('watch'))?.wearings ?? [];

describe('a device that changes hands while the station is ahead of the system', () => {
  it('is nobody’s between the two times that it may be', async () => {
    await assign('p-0');
    clocks = { stationMs: NOON_MS + 2 * HOUR_MS, systemMs: NOON_MS + HOUR_MS };
    await assign('p-1');
    expect(await wearings()).toEqual([
      { patient: 'p-0', fromMs: NOON_MS, toMs: NOON_MS + HOUR_MS },
      { patient: 'p-1', fromMs: NOON_MS + 2 * HOUR_MS, toMs: null },
    ]);
  });

  it('ends at the earlier of both when it is taken off', async () => {
    await assign('p-0');
    clocks = { stationMs: NOON_MS + 2 * HOUR_MS, systemMs: NOON_MS + HOUR_MS };
    await registry.patients.unassign(COMMAND_LINE, 'p-0', 'watch');
    expect(await wearings()).toEqual([
      { patient: 'p-0', fromMs: NOON_MS, toMs: NOON_MS + HOUR_MS },
    ]);
  });
});

describe('what a clock that was far ahead has written', () => {
  const YEAR_MS = 365 * 24 * HOUR_MS;
  beforeEach(async () => {
    await assign('p-0');
    clocks = { stationMs: NOON_MS + YEAR_MS, systemMs: NOON_MS + YEAR_MS };
    await assign('p-1');
    // the clock is put right, and the station started again
    clocks = { stationMs: NOON_MS + HOUR_MS, systemMs: NOON_MS + HOUR_MS };
  });

  it.each(['p-1', 'p-2'])('does not keep the device from %s now', async (patient) => {
    await assign(patient);
    const last = (await wearings()).at(-1);
    expect(last).toEqual({ patient, fromMs: NOON_MS + HOUR_MS, toMs: null });
    const now = NOON_MS + HOUR_MS + 1;
    const wears = (await wearings()).filter(
      ({ fromMs, toMs }) => fromMs <= now && (toMs === null || toMs > now),
    );
    expect(wears.map((one) => one.patient)).toEqual([patient]);
  });

  it('leaves nothing in the future once the device is taken off', async () => {
    await registry.patients.unassign(COMMAND_LINE, 'p-1', 'watch');
    await assign('p-2');
    const futures = (await wearings()).filter(({ fromMs }) => fromMs > NOON_MS + HOUR_MS);
    expect(futures).toEqual([]);
  });
});
