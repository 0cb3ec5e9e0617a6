import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadModel } from './load-model.js';
import type { InferenceCall, OnnxModel, OnnxModelOptions } from './onnx-model.js';

const FIXTURES = join(import.meta.dirname, 'fixtures', 'models');

async function open(options: OnnxModelOptions = {}): Promise<OnnxModel> {
  const slot = await loadModel(FIXTURES, 'running-sum/1.0.0', options);
  if (slot.state !== 'ready') throw new Error(slot.fault.message);
  return slot.model;
}

const row = (first: number, h?: number) => ({
  inputs: { x: Float32Array.of(first, 0, 0, 0) },
  state: h === undefined ? null : { h: Float32Array.of(h, -h) },
});

describe('OnnxModel', () => {
  let model: OnnxModel;
  beforeAll(async () => {
    model = await open();
  });
  afterAll(() => model.release());

  it('answers each row and hands its state on', async () => {
    const [first, second] = await model.run([row(1), row(2, 10)]);
    expect(first!.outputs['logits']).toEqual(Float32Array.of(1, 1));
    expect(second!.outputs['logits']).toEqual(Float32Array.of(12, -8));
    expect(Object.keys(second!.outputs)).toEqual(['logits']);
    const [third] = await model.run([{ ...row(5), state: second!.state }]);
    expect(third!.outputs['logits']).toEqual(Float32Array.of(17, -3));
  });

  it('answers nothing to no rows', async () => {
    expect(await model.run([])).toEqual([]);
  });

  it('gives arrays that later calls do not touch', async () => {
    const [before] = await model.run([row(1)]);
    await model.run([row(7)]);
    expect(before!.outputs['logits']).toEqual(Float32Array.of(1, 1));
  });

  it('names the row and the input that is missing or of another size', async () => {
    await expect(model.run([row(1), { inputs: {} }])).rejects.toThrow('row 1 has no x');
    await expect(model.run([{ inputs: { x: new Float32Array(3) } }])).rejects.toThrow(
      'row 0: x has 3 values, not 4',
    );
    await expect(model.run([{ ...row(1), state: {} }])).rejects.toThrow('row 0 has no h');
  });

  it('cuts many rows into calls of the batch size and reports each', async () => {
    const calls: InferenceCall[] = [];
    const observed = await open({ batchRows: 10, observe: (call) => calls.push(call) });
    const answers = await observed.run(Array.from({ length: 25 }, (_, i) => row(i)));
    expect(answers.map(({ outputs }) => outputs['logits']![0])).toEqual([...Array(25).keys()]);
    // the golden cases of the start are not among them
    expect(calls.map(({ rows }) => rows)).toEqual([10, 10, 5]);
    for (const { model: id, milliseconds } of calls) {
      expect(id).toEqual({ name: 'running-sum', version: '1.0.0' });
      expect(milliseconds).toBeGreaterThanOrEqual(0);
    }
    await observed.release();
    await observed.release();
  });

  it.each([0, 65, NaN])('refuses a batch size of %d', async (batchRows) => {
    await expect(open({ batchRows })).rejects.toThrow('1 to 64');
  });
});
