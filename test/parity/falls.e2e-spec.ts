import type { Frame } from '@app/contracts';
import { describe, expect, it, jest } from '@jest/globals';
import { resolve } from 'node:path';
import { Networks } from '../../apps/station/src/processor/networks.js';
import { atSpeedOne, disturbed, inputRecords } from './arrivals.js';
import { FALL_S, fallen as fallenOf } from './fallen-wearable.js';
import { runPipeline } from './pipeline-run.js';
import { seededFrames } from './seeded-wearable.js';

jest.setTimeout(60_000);

const networks = await Networks.load(resolve('models'));
const DEVICE = { device: 'wear-1', seed: 5, seconds: 60 };

const frames = seededFrames(DEVICE);
const run = (own: readonly Frame[], options = {}) =>
  runPipeline(inputRecords(atSpeedOne(own), { partitions: 1 }), {
    networks,
    partitions: 1,
    ...options,
  });

describe('falls in the pipeline', () => {
  const fallen = fallenOf(frames);

  it('are reported once, in the window in which their 4 s are over', async () => {
    const { appended } = await run(fallen);
    const found = appended.filter(({ fall }) => fall != null);
    expect(found).toHaveLength(1);
    const { fall, endMonotonicUs } = found[0]!;
    expect(fall!.model.name).toBe('fall-wrist');
    expect(fall!.score).toBeGreaterThan(0.8);
    expect(Math.abs(fall!.atMonotonicUs / 1e6 - FALL_S)).toBeLessThan(0.4);
    const delayS = (endMonotonicUs - fall!.atMonotonicUs) / 1e6;
    expect(delayS).toBeGreaterThanOrEqual(4);
    expect(delayS).toBeLessThan(6);
    expect(fall!.stillSeconds).toBeGreaterThan(1);
    expect(appended.filter(({ fall: none }) => none === null)).toHaveLength(appended.length - 1);
  });

  it('are the same after a restart between blow and decision, and when frames came shuffled', async () => {
    const plain = await run(fallen);
    // about two records a second: a frame and a tick
    for (const after of [88, 92, 96, 99]) {
      const { repeatable } = await run(fallen, { restarts: [{ after, lost: 9 }] });
      expect(repeatable()).toEqual(plain.repeatable());
    }
    const input = inputRecords(disturbed(atSpeedOne(fallen), 3), { partitions: 1 });
    expect((await runPipeline(input, { networks, partitions: 1 })).vitals).toEqual(plain.vitals);
  });

  it('are not reported of an arm that swings, nor of a device off the wrist', async () => {
    const reports = async (own: readonly Frame[]) =>
      (await run(own)).appended.filter(({ fall }) => fall != null).length;
    expect(await reports(frames)).toBe(0);
    expect(await reports(fallen.map((frame) => ({ ...frame, worn: false })))).toBe(0);
    expect(await reports(fallen.map((frame) => ({ ...frame, position: 'waist' as const })))).toBe(
      0,
    );
  });

  it('are not looked for without a network: then nothing is said of them', async () => {
    const { appended } = await run(fallen, { networks: new Networks(null) });
    expect(appended.every((vital) => !('fall' in vital))).toBe(true);
  });
});
