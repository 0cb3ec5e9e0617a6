import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadModel } from './load-model.js';
import type { ModelInterface } from './model-interface.js';

const FIXTURES = join(import.meta.dirname, 'fixtures', 'models');
const MODEL = 'running-sum/1.0.0';
const WANTED: ModelInterface = {
  task: 'heart-rate',
  inputs: { x: [4] },
  outputs: { logits: { shape: [2], labels: ['a', 'b'] } },
};

let folder: string;
const file = (name: string) => join(folder, MODEL, name);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigil-models-'));
  await cp(FIXTURES, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

async function edit(name: string, change: (value: Record<string, unknown>) => void) {
  const value: Record<string, unknown> = JSON.parse(await readFile(file(name), 'utf8'));
  change(value);
  await writeFile(file(name), JSON.stringify(value));
}

async function faultOf(wanted?: ModelInterface) {
  const slot = await loadModel(folder, MODEL, wanted ? { wanted } : {});
  if (slot.state === 'ready') {
    await slot.model.release();
    throw new Error('the model was loaded');
  }
  return slot.fault;
}

describe('loading a model folder', () => {
  it('gives a model that is as its metadata and its user say', async () => {
    const slot = await loadModel(folder, MODEL, { wanted: WANTED });
    if (slot.state !== 'ready') throw new Error(slot.fault.message);
    expect(slot.model.id).toEqual({ name: 'running-sum', version: '1.0.0' });
    await slot.model.release();
  });

  it.each(['metadata.json', 'model.onnx', 'golden.json'])('names a missing %s', async (name) => {
    await rm(file(name));
    expect(await faultOf()).toEqual({ kind: 'missing', message: expect.stringContaining(name) });
  });

  it('refuses metadata that is no JSON, breaks the schema or lies in another folder', async () => {
    await edit('metadata.json', (metadata) => delete metadata['limits']);
    expect(await faultOf()).toEqual({
      kind: 'metadata',
      message: expect.stringContaining('limits'),
    });
    await edit('metadata.json', (metadata) => {
      metadata['limits'] = ['none'];
      metadata['version'] = '1.0.1';
    });
    expect((await faultOf()).message).toContain('describes running-sum/1.0.1');
    await writeFile(file('metadata.json'), '{');
    expect((await faultOf()).message).toContain('is not JSON');
  });

  it('refuses a state pair without its tensor', async () => {
    await edit('metadata.json', (metadata) => (metadata['state'] = [{ in: 'h', out: 'h2' }]));
    expect(await faultOf()).toEqual({
      kind: 'metadata',
      message: expect.stringContaining('h <- h2 names a tensor that is not described'),
    });
  });

  it('refuses a model file with one bit changed', async () => {
    const bytes = await readFile(file('model.onnx'));
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(file('model.onnx'), bytes);
    expect((await faultOf()).kind).toBe('digest');
  });

  it('refuses a file that is no graph, though its digest is right', async () => {
    const bytes = Buffer.from('not a graph');
    await writeFile(file('model.onnx'), bytes);
    await edit('metadata.json', (metadata) => {
      metadata['sha256'] = createHash('sha256').update(bytes).digest('hex');
    });
    expect(await faultOf()).toEqual({
      kind: 'runtime',
      message: expect.stringContaining('refuses'),
    });
  });

  it('refuses a description that is not the graph', async () => {
    const withInput = (input: object) => (metadata: Record<string, unknown>) => {
      metadata['inputs'] = [input, ...(metadata['inputs'] as object[]).slice(1)];
    };
    const x = {
      name: 'x',
      shape: ['batch', 4],
      type: 'float32',
      unit: '1',
      range: null,
      description: '-',
    };
    await edit('metadata.json', withInput({ ...x, name: 'y' }));
    expect((await faultOf()).message).toContain('input x is not described');
    await edit('metadata.json', withInput({ ...x, shape: ['batch', 5] }));
    expect(await faultOf()).toEqual({
      kind: 'graph',
      message: expect.stringContaining('input x is [batch, 4], not [batch, 5]'),
    });
  });

  it('refuses a model that its user could not read', async () => {
    const faults = await Promise.all([
      faultOf({ ...WANTED, task: 'activity' }),
      faultOf({ ...WANTED, inputs: { x: [5] } }),
      faultOf({ ...WANTED, inputs: { x: [4], y: [1] } }),
      faultOf({ ...WANTED, outputs: { logits: { shape: [2], labels: ['b', 'a'] } } }),
      faultOf({ ...WANTED, outputs: { logits: { shape: [2], bins: [30, 32] } } }),
    ]);
    expect(faults.map(({ kind }) => kind)).toEqual(faults.map(() => 'graph'));
    const messages = faults.map(({ message }) => message);
    expect(messages[0]).toContain('its task is heart-rate, not activity');
    expect(messages[1]).toContain('input x is [batch, 4], not [batch, 5]');
    expect(messages[2]).toContain('input y is missing');
    expect(messages[3]).toContain('has the labels a, b, not b, a');
    expect(messages[4]).toContain('other bins');
  });

  it('refuses a model that answers otherwise than in training', async () => {
    await edit('golden.json', (golden) => {
      const [first] = golden['cases'] as { outputs: Record<string, unknown> }[];
      first!.outputs['logits'] = { shape: [2, 2], float32: Buffer.alloc(16).toString('base64') };
    });
    expect(await faultOf()).toEqual({
      kind: 'golden',
      message: expect.stringContaining('output logits differs by 12'),
    });
  });

  it('refuses golden cases that lack a tensor or do not fill their shape', async () => {
    await edit('golden.json', (golden) => {
      const [first] = golden['cases'] as { inputs: Record<string, unknown> }[];
      first!.inputs['h'] = { shape: [2, 2], float32: Buffer.alloc(12).toString('base64') };
    });
    expect((await faultOf()).message).toContain('12 bytes for shape [2, 2]');
    await edit('golden.json', (golden) => {
      delete (golden['cases'] as { inputs: Record<string, unknown> }[])[0]!.inputs['h'];
    });
    expect((await faultOf()).message).toContain('no values for h');
  });
});
