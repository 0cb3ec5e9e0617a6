import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type ModelRegistry, rolledBack, withLive, withShadow } from './model-registry.js';
import { readModelRegistry, writeModelRegistry } from './registry-file.js';

const registry: ModelRegistry = {
  schema: 1,
  heartRate: { live: 'a/1.0.0', shadow: 'b/1.0.0' },
  activity: { live: 'w/1.0.0' },
};

describe('the models in force', () => {
  it('remember what was live, and go back to it and forth again', () => {
    const next = withLive(registry, 'heartRate', 'c/2.0.0');
    expect(next.heartRate).toEqual({ live: 'c/2.0.0', shadow: 'b/1.0.0', previous: 'a/1.0.0' });
    const back = rolledBack(next, 'heartRate')!;
    expect(back.heartRate).toMatchObject({ live: 'a/1.0.0', previous: 'c/2.0.0' });
    expect(rolledBack(back, 'heartRate')).toEqual(next);
    expect(next.activity).toEqual(registry.activity);
  });

  it('end the shadow that goes live', () => {
    expect(withLive(registry, 'heartRate', 'b/1.0.0').heartRate).toEqual({
      live: 'b/1.0.0',
      previous: 'a/1.0.0',
    });
  });

  it('change nothing where there is nothing to change', () => {
    expect(withLive(registry, 'heartRate', 'a/1.0.0')).toBe(registry);
    expect(rolledBack(registry, 'activity')).toBeNull();
    expect(rolledBack(registry, 'fall')).toBeNull();
  });

  it('take a first model of a task that had none, and no shadow without it', () => {
    expect(withShadow(registry, 'fall', 'f/1.0.0')).toBeNull();
    expect(withShadow(registry, 'heartRate', 'a/1.0.0')).toBeNull();
    expect(withLive(registry, 'fall', 'f/1.0.0').fall).toEqual({ live: 'f/1.0.0' });
  });

  it('name a shadow, and none', () => {
    expect(withShadow(registry, 'heartRate', 'c/1.0.0')!.heartRate.shadow).toBe('c/1.0.0');
    expect(withShadow(registry, 'heartRate', null)!.heartRate).toEqual({ live: 'a/1.0.0' });
  });

  it('lie in a file that is replaced in one step', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vigil-registry-'));
    try {
      writeModelRegistry(folder, registry);
      expect(await readModelRegistry(folder)).toEqual(registry);
      expect(await readdir(folder)).toEqual(['registry.json']);
      const wrong = { ...registry, heartRate: { live: '../x' } };
      expect(() => writeModelRegistry(folder, wrong)).toThrow('version');
      expect(await readModelRegistry(folder)).toEqual(registry);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
