import { describe, expect, it, jest } from '@jest/globals';
import { resolve } from 'node:path';
import { Networks } from '../../apps/station/src/processor/networks.js';
import { atMaxSpeed, atSpeedOne, disturbed, inputRecords } from './arrivals.js';
import { runPipeline } from './pipeline-run.js';
import { seededFrames } from './seeded-wearable.js';

jest.setTimeout(60_000);

const PARTITIONS = 2;
const networks = await Networks.load(resolve('models'));
const withoutNetworks = new Networks(null);

/** Five wearables: one with a short gap, one with a long one, one with short frames. */
const WARD = [
  { device: 'wear-1', seed: 1, seconds: 90 },
  { device: 'wear-2', seed: 2, seconds: 90, gaps: [[40, 47]] as [number, number][] },
  { device: 'wear-3', seed: 3, seconds: 110, gaps: [[30, 70]] as [number, number][] },
  { device: 'wear-4', seed: 4, seconds: 60, frameSeconds: 0.5 },
  { device: 'wear-5', seed: 5, seconds: 60, frameSeconds: 3 },
];
const arrivals = WARD.flatMap((wearable) => atSpeedOne(seededFrames(wearable)));
const records = inputRecords(arrivals, { partitions: PARTITIONS });

describe.each([
  ['with the models of the repository', networks],
  ['without networks', withoutNetworks],
])('the same results, %s,', (_name, inForce) => {
  const run = (input = records, options = {}) =>
    runPipeline(input, { networks: inForce, partitions: PARTITIONS, ...options });
  const undisturbed = run();

  it('are there at all', async () => {
    const { vitals, appended } = await undisturbed;
    // 8 s windows every 2 s: a recording of n seconds has (n - 8) / 2 + 1, less those wholly inside a gap.
    expect(vitals.size).toBe(42 + 42 + (52 - 17) + 27 + 27);
    expect(appended.length).toBe(vitals.size);
    expect(
      [...vitals.values()].filter(({ heartRate }) => heartRate.bpm !== null).length,
    ).toBeGreaterThan(80);
  });

  it.each([[[1]], [[7, 1, 300]], [[10_000]]])('in batches of %j', async (batchSizes) => {
    const { repeatable } = await run(records, { batchSizes });
    expect(repeatable()).toEqual((await undisturbed).repeatable());
  });

  it.each([11, 12, 13])('shuffled within 4 s and with 10 %% duplicates, seed %i', async (seed) => {
    const input = inputRecords(disturbed(arrivals, seed), { partitions: PARTITIONS });
    const { vitals, metric } = await run(input);
    expect(await metric('vigil_frames_duplicate_total')).toBeGreaterThan(10);
    expect(await metric('vigil_frames_late_total')).toBe(0);
    expect(vitals).toEqual((await undisturbed).vitals);
  });

  it('at the greatest speed, in order and shuffled', async () => {
    const fast = inputRecords(atMaxSpeed(arrivals), { partitions: PARTITIONS });
    expect((await run(fast)).vitals).toEqual((await undisturbed).vitals);
    const shuffled = inputRecords(atMaxSpeed(disturbed(arrivals, 21)), { partitions: PARTITIONS });
    expect((await run(shuffled)).vitals).toEqual((await undisturbed).vitals);
  });

  it('shuffled, restarted and read in odd batches, all at once', async () => {
    const input = inputRecords(disturbed(arrivals, 31), { partitions: PARTITIONS });
    const restarts = [90, 200, 431].map((after) => ({ after, lost: 25 }));
    const { vitals, repeatable, appended } = await run(input, { batchSizes: [3, 50, 1], restarts });
    expect(appended.length).toBeGreaterThan(vitals.size);
    expect(repeatable().size).toBe(vitals.size);
    expect(vitals).toEqual((await undisturbed).vitals);
  });

  it.each([1, 40, 151, 333, 500])('restarted at record %i', async (after) => {
    const { repeatable } = await run(records, { restarts: [{ after, lost: 60 }] });
    expect(repeatable()).toEqual((await undisturbed).repeatable());
  });
});
