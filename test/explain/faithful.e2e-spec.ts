import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ExplainedPart, Frame, HidablePart } from '@app/contracts';
import { OnnxModel, loadModels } from '@app/inference';
import { HEART_RATE_MODEL_INTERFACE } from '@app/vitals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as onnxRuntime from 'onnxruntime-node';
import { seededRandom } from '../parity/seeded-wearable.js';
import { requirement } from '../requirements.js';
import { type ExplainedWindow, explainRecording } from './explained-recording.js';
import { realRecordings, seededRecordings } from './recordings.js';

jest.setTimeout(300_000);

const MODELS = join(import.meta.dirname, '../../models');

/** Random weights in place of the trained ones, of the same size: nothing of what was learnt is left. */
const RANDOMISE = `
import sys, numpy, onnx
from onnx import numpy_helper
source, target = sys.argv[1:]
model = onnx.load(source)
random = numpy.random.default_rng(5)
for tensor in model.graph.initializer:
    values = numpy_helper.to_array(tensor)
    if values.dtype == numpy.float32 and values.size > 1:
        size = numpy.sqrt(numpy.mean(values ** 2))
        drawn = random.normal(0, size, values.shape).astype(numpy.float32)
        tensor.CopyFrom(numpy_helper.from_array(drawn, tensor.name))
onnx.save(model, target)
`;

async function shippedModel(): Promise<OnnxModel> {
  const { heartRate } = await loadModels(MODELS, {
    wanted: { heartRate: HEART_RATE_MODEL_INTERFACE },
    batchRows: 64,
  });
  if (heartRate.state === 'unavailable') throw new Error(heartRate.fault.message);
  return heartRate.model;
}

async function explainAll(
  recordings: readonly Frame[][],
  model: OnnxModel,
  every: number,
): Promise<ExplainedWindow[]> {
  const random = seededRandom(11);
  const all: ExplainedWindow[] = [];
  for (const frames of recordings)
    all.push(...(await explainRecording(frames, model, every, random)));
  return all;
}

const shift = ({ result }: ExplainedPart) => Math.abs(result.shiftBpm);
const isOfTheWindow = ({ part }: ExplainedPart) => part.kind !== 'earlier-windows';

/** Share of the windows in which hiding the highest-ranked part of the samples moves the result further than a random one. */
function shareMovedMore(windows: readonly ExplainedWindow[]): number {
  const moved = windows.filter(({ explanation, random }) => {
    const top = explanation.parts.find(isOfTheWindow);
    return top !== undefined && shift(top) > shift(random);
  });
  return moved.length / windows.length;
}

function report(name: string, windows: readonly ExplainedWindow[]): number {
  const share = shareMovedMore(windows);
  process.stderr.write(
    `${name}: hiding the top part moves the result more than a random part in ${(100 * share).toFixed(1)} % of ${windows.length} windows\n`,
  );
  return share;
}

describe('an explanation of simulated windows', () => {
  let model: OnnxModel;
  let windows: ExplainedWindow[];

  beforeAll(async () => {
    model = await shippedModel();
    windows = await explainAll(seededRecordings(), model, 3);
  });

  afterAll(() => model?.release());

  it('ranks first what moves the answer more than a random part does', () => {
    expect(windows.length).toBeGreaterThan(80);
    expect(report('simulated', windows)).toBeGreaterThanOrEqual(0.9);
  });

  it('is the same when it is asked for again', async () => {
    expect(await explainAll(seededRecordings(), model, 3)).toEqual(windows);
  });

  requirement('torch')('against the same network with random weights', () => {
    let randomised: OnnxModel;
    let folder: string;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'vigil-random-'));
      const { name, version } = model.id;
      const [source, target] = [
        join(MODELS, name, version, 'model.onnx'),
        join(folder, 'model.onnx'),
      ];
      execFileSync('/usr/bin/python3', ['-c', RANDOMISE, source, target]);
      const session = await onnxRuntime.InferenceSession.create(readFileSync(target));
      randomised = new OnnxModel(onnxRuntime, session, model.metadata, { batchRows: 64 });
    });

    afterAll(async () => {
      await randomised?.release();
      rmSync(folder, { recursive: true, force: true });
    });

    it('gives another explanation', async () => {
      const others = await explainAll(seededRecordings(), randomised, 3);
      expect(others.length).toBe(windows.length);
      const correlations = windows.map(({ explanation }, i) =>
        rankCorrelation(explanation.parts, others[i]!.explanation.parts),
      );
      const mean = correlations.reduce((sum, value) => sum + value, 0) / correlations.length;
      const pulse = (all: readonly ExplainedWindow[]) =>
        all.filter(({ explanation }) => isPulseLight(byNetwork(explanation.parts)[0]!.part))
          .length / all.length;
      process.stderr.write(
        `random weights: rank correlation ${mean.toFixed(2)}; rests on the light of the pulse in ${pulse(windows).toFixed(2)} of the windows before, ${pulse(others).toFixed(2)} after\n`,
      );
      expect(mean).toBeLessThan(0.5);
      expect(pulse(windows)).toBeGreaterThan(0.5);
      expect(pulse(others)).toBeLessThan(0.5 * pulse(windows));
    });
  });
});

requirement('datasets')('an explanation of real recordings', () => {
  it('ranks first what moves the answer more than a random part does', async () => {
    const model = await shippedModel();
    const windows = await explainAll(await realRecordings(), model, 5);
    await model.release();
    expect(windows.length).toBeGreaterThan(150);
    expect(report('real', windows)).toBeGreaterThanOrEqual(0.9);
  });
});

function isPulseLight(part: HidablePart): boolean {
  return part.kind === 'band' && part.signal === 'light' && part.around.includes('pulse');
}

/** By what the network alone says: where the belief holds the result, the weights would hardly be seen in it. */
function byNetwork(parts: readonly ExplainedPart[]): ExplainedPart[] {
  return parts
    .filter(isOfTheWindow)
    .toSorted((a, b) => b.network.probabilityDrop - a.network.probabilityDrop);
}

/** Spearman's, of the parts that both have: 1 for the same order, 0 for orders that know nothing of each other. */
function rankCorrelation(a: readonly ExplainedPart[], b: readonly ExplainedPart[]): number {
  const keys = (parts: readonly ExplainedPart[]) =>
    byNetwork(parts).map(({ part }) =>
      part.kind === 'band' ? `${part.signal} ${part.around[0]}` : JSON.stringify(part),
    );
  const [first, second] = [keys(a), keys(b)];
  const common = first.filter((key) => second.includes(key));
  const rankIn = (order: readonly string[]) => {
    const kept = order.filter((key) => common.includes(key));
    return (key: string) => kept.indexOf(key);
  };
  const [rankA, rankB] = [rankIn(first), rankIn(second)];
  const squares = common.reduce((sum, key) => sum + (rankA(key) - rankB(key)) ** 2, 0);
  const n = common.length;
  return 1 - (6 * squares) / (n * (n * n - 1));
}
