import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { Registry } from 'prom-client';
import { readModelRegistry, REGISTRY_TASKS, type RegistryTask } from '@app/inference';
import { DriftWatch, WATCHED_INPUTS } from '../../apps/station/src/processor/drift-watch.js';
import { Networks } from '../../apps/station/src/processor/networks.js';
import { outcomeOf, Shadows } from '../../apps/station/src/processor/shadows.js';
import { atSpeedOne, inputRecords } from '../parity/arrivals.js';
import { fallen } from '../parity/fallen-wearable.js';
import { runPipeline } from '../parity/pipeline-run.js';
import { seededFrames } from '../parity/seeded-wearable.js';

// real networks on a busy machine: slow is not wrong
jest.setTimeout(60_000);

const MODELS = join(import.meta.dirname, '..', '..', 'models');
const folder = mkdtempSync(join(tmpdir(), 'vigil-shadow-'));
const records = inputRecords(
  ['wear-1', 'wear-2'].flatMap((device, seed) =>
    atSpeedOne(seededFrames({ device, seed, seconds: 60 })),
  ),
  { partitions: 2 },
);

const registry = await readModelRegistry(MODELS);
for (const task of REGISTRY_TASKS) {
  const name = registry[task]?.live.split('/')[0];
  if (name !== undefined) symlinkSync(join(MODELS, name), join(folder, name));
}

afterAll(() => rmSync(folder, { recursive: true }));

/** The shipped models, each beside another copy of itself where `shadow` says so. */
async function networksWith(shadow: Partial<Record<RegistryTask, string>>): Promise<Networks> {
  const slot = (task: RegistryTask) => ({
    live: registry[task]!.live,
    ...(shadow[task] && { shadow: shadow[task] }),
  });
  const named = { ...registry, ...Object.fromEntries(REGISTRY_TASKS.map((t) => [t, slot(t)])) };
  writeFileSync(join(folder, 'registry.json'), JSON.stringify(named));
  return Networks.load(folder);
}

/** Sums of a metric's values by its labels. */
async function valuesOf(metrics: Registry, name: string): Promise<Record<string, number>> {
  const metric = (await metrics.getMetricsAsJSON()).find((one) => one.name === name);
  const values = (metric?.values ?? []).map(({ labels, value }): [string, number] => [
    Object.values(labels).join(' '),
    value,
  ]);
  return Object.fromEntries(values);
}

describe('a shadow model', () => {
  it('sees the windows of the live one, agrees with itself, and changes no result', async () => {
    const alone = await networksWith({});
    const without = await runPipeline(records, { networks: alone, partitions: 2 });
    const both = await networksWith({
      heartRate: registry.heartRate.live,
      activity: registry.activity.live,
    });
    const metrics = new Registry();
    const withShadow = await runPipeline(records, {
      networks: both,
      partitions: 2,
      also: { shadows: new Shadows(both, metrics) },
    });
    expect(withShadow.vitals).toEqual(without.vitals);

    const windows = await valuesOf(metrics, 'vigil_shadow_windows_total');
    const { vitals } = without;
    const shown = [...vitals.values()].filter(({ heartRate }) => heartRate.bpm !== null).length;
    expect(shown).toBeGreaterThan(20);
    expect(windows['heartRate agree']).toBe(shown);
    expect(windows['heartRate neither']).toBe(vitals.size - shown);
    expect(windows['heartRate differ'] ?? 0).toBe(0);
    expect(windows['activity agree']).toBeGreaterThan(20);
    const difference = await valuesOf(metrics, 'vigil_shadow_difference_bpm');
    expect(difference['0.5']).toBeGreaterThan(20);
    await alone.release();
    await both.release();
  });

  it('of falls is asked about every impact, and agrees with itself', async () => {
    const networks = await networksWith({ fall: registry.fall!.live });
    const metrics = new Registry();
    const falls = inputRecords(
      atSpeedOne(fallen(seededFrames({ device: 'wear-1', seed: 5, seconds: 60 }))),
      { partitions: 1 },
    );
    const { appended } = await runPipeline(falls, {
      networks,
      partitions: 1,
      also: { shadows: new Shadows(networks, metrics) },
    });
    expect(appended.filter(({ fall }) => fall != null)).toHaveLength(1);
    const windows = await valuesOf(metrics, 'vigil_shadow_windows_total');
    expect(windows['fall agree']).toBe(1);
    expect(windows['fall live-only'] ?? 0).toBe(0);
    expect(windows['fall shadow-only'] ?? 0).toBe(0);
    await networks.release();
  });

  it('that cannot be loaded leaves the live one alone, and says why', async () => {
    const networks = await networksWith({ heartRate: 'nothing/1.0.0' });
    expect(networks.shadowOf('heartRate')).toBeNull();
    expect(networks.shadowFaultOf('heartRate')).toContain('nothing');
    expect(networks.faultOf('heartRate')).toBeNull();
    await networks.release();
  });

  it('agrees within the tolerance of the live number, or one of the two shows none', () => {
    expect(outcomeOf(60, 65)).toBe('agree');
    expect(outcomeOf(60, 67)).toBe('differ');
    expect(outcomeOf(160, 175)).toBe('agree');
    expect([outcomeOf(60, null), outcomeOf(null, 60), outcomeOf(null, null)]).toEqual([
      'live-only',
      'shadow-only',
      'neither',
    ]);
  });
});

describe('the watch over drift', () => {
  it('tells how far the windows lie from those of training, and how often there is no number', async () => {
    const networks = await networksWith({});
    const metadata = networks.metadataOf('heartRate')!;
    expect(Object.keys(metadata.inputStatistics ?? {}).toSorted()).toEqual(
      Object.keys(WATCHED_INPUTS).toSorted(),
    );
    const inputStatistics = Object.fromEntries(
      Object.keys(WATCHED_INPUTS).map((name) => [name, { mean: 100, deviation: 10 }]),
    );
    const metrics = new Registry();
    const drift = new DriftWatch({ inputStatistics, answeredShare: 0.9 }, metrics);
    const { vitals } = await runPipeline(records, { networks, partitions: 2, also: { drift } });
    const deviations = await valuesOf(metrics, 'vigil_input_drift_deviations');
    // none of the inputs is anywhere near 100
    for (const input of Object.keys(WATCHED_INPUTS)) expect(deviations[input]).toBeLessThan(-9);
    const withheld = [...vitals.values()].filter(({ heartRate }) => heartRate.bpm === null).length;
    const share = await valuesOf(metrics, 'vigil_withheld_share');
    expect(share['']).toBeCloseTo(withheld / vitals.size, 6);
    expect((await valuesOf(metrics, 'vigil_training_withheld_share'))['']).toBeCloseTo(0.1, 9);
    await networks.release();
  });
});
