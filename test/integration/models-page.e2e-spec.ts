import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import type { ModelsResponse } from '@app/contracts';
import { readModelRegistry } from '@app/inference';
import { DriftWatch } from '../../apps/station/src/processor/drift-watch.js';
import { Networks } from '../../apps/station/src/processor/networks.js';
import { Shadows } from '../../apps/station/src/processor/shadows.js';
import { atSpeedOne, inputRecords } from '../parity/arrivals.js';
import { runPipeline } from '../parity/pipeline-run.js';
import { seededFrames } from '../parity/seeded-wearable.js';
import { type GatewayApp, makeFolder, removeFolder, startGateway } from './gateway-app.js';

const MODELS = join(import.meta.dirname, '..', '..', 'models');
const models = mkdtempSync(join(tmpdir(), 'vigil-models-page-'));
let folder: string;
let gateway: GatewayApp;

beforeAll(async () => {
  const registry = await readModelRegistry(MODELS);
  for (const name of ['hr-all', 'hr-bami', 'activity-wrist', 'activity-waist', 'fall-wrist'])
    symlinkSync(join(MODELS, name), join(models, name));
  writeFileSync(
    join(models, 'registry.json'),
    JSON.stringify({
      ...registry,
      heartRate: { live: 'hr-all/1.0.0', shadow: 'hr-bami/1.0.0', previous: 'hr-bami/1.0.0' },
    }),
  );
  folder = makeFolder();
  gateway = await startGateway(folder, { models });
});

afterAll(async () => {
  await gateway.close();
  removeFolder(folder);
  rmSync(models, { recursive: true });
});

const page = async () => (await (await gateway.get('/api/models')).json()) as ModelsResponse;

describe('the page of models', () => {
  it('names the models in force, what they are for and when they are wrong', async () => {
    const { tasks } = await page();
    expect(tasks.map(({ task }) => task)).toEqual([
      'heartRate',
      'activity',
      'activityWaist',
      'fall',
    ]);
    for (const { live } of tasks) {
      expect(live.fault).toBeNull();
      expect(live.intendedUse.length).toBeGreaterThan(50);
      expect(live.limits.length).toBeGreaterThan(2);
      expect(live.results.length).toBeGreaterThan(2);
    }
    expect(tasks[0]).toMatchObject({
      live: { name: 'hr-all', version: '1.0.0' },
      shadow: { name: 'hr-bami', comparison: { windows: 0, meanDifferenceBpm: null } },
      previous: 'hr-bami/1.0.0',
    });
    expect(tasks[1]!.shadow).toBeNull();
  });

  it('compares the shadow with the live model, from the metrics of the processors', async () => {
    const networks = await Networks.load(models);
    const metrics = new Registry();
    const records = inputRecords(
      atSpeedOne(seededFrames({ device: 'wear-1', seed: 3, seconds: 60 })),
      { partitions: 2 },
    );
    const drift = new DriftWatch(networks.metadataOf('heartRate'), metrics);
    const shadows = new Shadows(networks, metrics);
    const { vitals } = await runPipeline(records, {
      networks,
      partitions: 2,
      also: { shadows, drift },
    });
    gateway.sources.add(async () => [await metrics.getMetricsAsJSON()]);
    const { tasks, drift: watched } = await page();
    const { windows, agree, differ, liveOnly, shadowOnly, neither, meanDifferenceBpm } =
      tasks[0]!.shadow!.comparison;
    expect(windows).toBe(vitals.size);
    expect(agree + differ + liveOnly + shadowOnly + neither).toBe(windows);
    // two networks of one recipe on a clean pulse
    expect(agree).toBeGreaterThan(windows / 2);
    expect(meanDifferenceBpm).toBeLessThan(5);
    expect(Object.keys(watched.inputDeviations).toSorted()).toEqual([
      'logMotionG',
      'skewness',
      'spectralPurity',
    ]);
    expect(watched.withheldShare).toBeGreaterThanOrEqual(0);
    await networks.release();
  });

  it('is for whoever is signed in', async () => {
    expect((await fetch(new URL('/api/models', gateway.url))).status).toBe(401);
  });
});
