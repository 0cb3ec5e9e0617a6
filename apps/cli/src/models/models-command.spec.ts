import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ModelRegistry } from '@app/inference';
import { modelsCommand } from './models-command.js';

let folder: string;
let printed: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-models-'));
  for (const name of ['hr-all', 'hr-bami', 'activity-wrist', 'activity-waist', 'registry.json'])
    cpSync(resolve('models', name), join(folder, name), { recursive: true });
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const run = (...args: string[]) =>
  modelsCommand().parseAsync([...args, '--models', folder], { from: 'user' });
const registry = () =>
  JSON.parse(readFileSync(join(folder, 'registry.json'), 'utf8')) as ModelRegistry;

describe('vigil models', () => {
  it('lists what is in force and what is wrong with it', async () => {
    await run('list');
    expect(printed).toContain('heartRate: hr-all/1.0.0 (ready)');
    expect(printed).toContain('activityWaist: activity-waist/1.0.0 (ready)');
    // its folder was not copied
    expect(printed).toMatch(/fall: fall-wrist\/1\.0\.0 \(.*cannot be read/);
  });

  it('puts a model in force and takes it back, one command each', async () => {
    const before = registry();
    await run('use', 'hr-bami', '1.0.0');
    expect(registry().heartRate).toEqual({ live: 'hr-bami/1.0.0', previous: 'hr-all/1.0.0' });
    expect(registry().activity).toEqual(before.activity);
    await run('rollback');
    expect(registry().heartRate.live).toBe('hr-all/1.0.0');
    expect(printed).toContain('vigil models rollback heartRate');
  });

  it('lets a model run beside the live one, and ends that', async () => {
    await run('shadow', 'hr-bami', '1.0.0');
    expect(registry().heartRate.shadow).toBe('hr-bami/1.0.0');
    await run('shadow', 'none', 'heartRate');
    expect(registry().heartRate.shadow).toBeUndefined();
  });

  it('changes nothing for a model that is missing or has no place, and says why', async () => {
    const before = registry();
    await expect(run('use', 'hr-best', '9.0.0')).rejects.toThrow('cannot be read');
    await expect(run('shadow', 'hr-all', '1.0.0')).rejects.toThrow('beside');
    await expect(run('rollback', 'activity')).rejects.toThrow('no model to go back to');
    await expect(run('rollback', 'sleep')).rejects.toThrow('there is no task sleep');
    expect(registry()).toEqual(before);
  });
});
