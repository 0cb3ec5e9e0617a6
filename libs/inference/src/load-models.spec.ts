import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadModels } from './load-models.js';

const FIXTURES = join(import.meta.dirname, 'fixtures', 'models');
const SUM = 'running-sum/1.0.0';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigil-models-'));
  await cp(FIXTURES, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

async function load(registry: unknown) {
  await writeFile(join(folder, 'registry.json'), JSON.stringify(registry));
  return loadModels(folder);
}

describe('the registry of models', () => {
  it('opens the live and the shadow model of each task, and says which task has none', async () => {
    const models = await load({
      schema: 1,
      heartRate: { live: SUM, shadow: SUM },
      activity: { live: 'nothing/1.0.0' },
    });
    expect(models.heartRate.state).toBe('ready');
    expect(models.shadow.heartRate?.state).toBe('ready');
    expect(models.activity).toEqual({
      state: 'unavailable',
      fault: { kind: 'missing', message: expect.stringContaining('nothing') },
    });
    expect(models.shadow.activity).toBeNull();
    expect(models.activityWaist).toBeNull();
    await models.release();
  });

  it('ends every session on release', async () => {
    const models = await load({ schema: 1, heartRate: { live: SUM }, activity: { live: SUM } });
    await models.release();
    for (const slot of [models.heartRate, models.activity]) {
      if (slot.state !== 'ready') throw new Error(slot.fault.message);
      const row = { inputs: { x: new Float32Array(4) }, state: null };
      await expect(slot.model.run([row])).rejects.toThrow('released');
    }
  });

  it('refuses a model of another task', async () => {
    await writeFile(
      join(folder, 'registry.json'),
      JSON.stringify({ schema: 1, heartRate: { live: SUM }, activity: { live: SUM } }),
    );
    const wanted = { activity: { task: 'activity', inputs: {}, outputs: {} } } as const;
    const models = await loadModels(folder, { wanted });
    expect(models.heartRate.state).toBe('ready');
    expect(models.activity).toMatchObject({ state: 'unavailable', fault: { kind: 'graph' } });
    await models.release();
  });

  it.each([
    ['a missing file', null],
    ['a task left out', { schema: 1, heartRate: { live: SUM } }],
    [
      'a path instead of a name',
      { schema: 1, heartRate: { live: '../x/1.0.0' }, activity: { live: SUM } },
    ],
  ])('makes every task unavailable for %s', async (_, registry) => {
    const models = registry === null ? await loadModels(folder) : await load(registry);
    for (const slot of [models.heartRate, models.activity]) {
      expect(slot).toEqual({
        state: 'unavailable',
        fault: { kind: 'registry', message: expect.stringContaining('registry.json') },
      });
    }
  });
});
