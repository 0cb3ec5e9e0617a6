import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  loadModel,
  loadModels,
  readModelRegistry,
  REGISTRY_TASKS,
  type ModelAnswer,
  type ModelRow,
  type ModelState,
  type OnnxModel,
} from '@app/inference';
import { MODEL_INTERFACES } from '@app/vitals';

const MODELS = join(import.meta.dirname, '..', '..', 'models');

async function references(): Promise<string[]> {
  const folders = await readdir(MODELS, { withFileTypes: true });
  const named = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const versions = await Promise.all(
    named.map(async (name) => (await readdir(join(MODELS, name))).map((v) => `${name}/${v}`)),
  );
  return versions.flat();
}

async function open(reference: string, batchRows: number): Promise<OnnxModel> {
  const slot = await loadModel(MODELS, reference, { batchRows });
  if (slot.state !== 'ready') throw new Error(slot.fault.message);
  return slot.model;
}

/** Rows of made-up numbers inside the ranges that the model states, the same in every run. */
function rowsOf(model: OnnxModel, count: number): ModelRow[] {
  let seed = 1;
  const next = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const carried = new Set(model.metadata.state.map((pair) => pair.in));
  const inputs = model.metadata.inputs.filter(({ name }) => !carried.has(name));
  return Array.from({ length: count }, () => ({
    inputs: Object.fromEntries(
      inputs.map(({ name, range, shape: [, ...sizes] }) => {
        const [low, high] = range ?? [-1, 1];
        const length = sizes.reduce((product, size) => product * size, 1);
        return [name, Float32Array.from({ length }, () => low + (high - low) * next())];
      }),
    ),
  }));
}

/** Three steps, each with the state that the one before left. */
async function threeSteps(model: OnnxModel, rows: readonly ModelRow[]) {
  let states: (ModelState | null)[] = rows.map(() => null);
  const steps = [];
  for (let step = 0; step < 3; step++) {
    const answers = await model.run(rows.map((row, i) => ({ ...row, state: states[i] ?? null })));
    states = answers.map(({ state }) => state);
    steps.push(answers);
  }
  return steps;
}

/** Of every bit of the answers. */
function digestOf(steps: readonly (readonly ModelAnswer[])[]): string {
  const hash = createHash('sha256');
  for (const { outputs, state } of steps.flat()) {
    for (const values of [...Object.values(outputs), ...Object.values(state ?? {})]) {
      hash.update(Buffer.from(values.buffer, values.byteOffset, values.byteLength));
    }
  }
  return hash.digest('hex');
}

describe('the models in models/', () => {
  it('answer the registry, as the program needs them', async () => {
    const models = await loadModels(MODELS, { wanted: MODEL_INTERFACES });
    const faults = REGISTRY_TASKS.flatMap((task) => {
      const slot = models[task];
      return slot === null || slot.state === 'ready' ? [] : [slot.fault.message];
    });
    expect(faults).toEqual([]);
    await models.release();
  });

  it('are all complete, and those of the registry among them', async () => {
    const registry = await readModelRegistry(MODELS);
    const named = REGISTRY_TASKS.flatMap((task) => {
      const { live, shadow, previous } = registry[task] ?? {};
      return [live, shadow, previous].filter((one) => one !== undefined);
    });
    const present = await references();
    expect(present).toEqual(expect.arrayContaining(named));
    for (const reference of present) {
      const model = await open(reference, 16);
      const card = await readFile(join(MODELS, reference, 'MODEL_CARD.md'), 'utf8');
      expect(card).toContain(model.id.name);
      await model.release();
    }
  });

  it('answer a row bit for bit alike alone and in batches of up to 64, state included', async () => {
    for (const reference of await references()) {
      const alone = await open(reference, 1);
      const rows = rowsOf(alone, 64);
      const expected = await threeSteps(alone, rows);
      const numbers = expected.flat().flatMap(({ outputs }) => Object.values(outputs));
      expect(numbers.filter((values) => !values.every(Number.isFinite))).toEqual([]);
      for (const batchRows of [2, 7, 16, 64]) {
        const batched = await open(reference, batchRows);
        expect(digestOf(await threeSteps(batched, rows))).toBe(digestOf(expected));
        await batched.release();
      }
      // other neighbours, another place in the batch
      const reversed = await open(reference, 64);
      const turned = await threeSteps(reversed, rows.toReversed());
      expect(digestOf(turned.map((answers) => answers.toReversed()))).toBe(digestOf(expected));
      await reversed.release();
      await alone.release();
    }
  }, 60_000);
});
