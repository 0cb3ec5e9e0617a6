import { expect, it, jest } from '@jest/globals';
import { resolve } from 'node:path';
import { Networks } from '../../apps/station/src/processor/networks.js';
import { atSpeedOne, inputRecords } from './arrivals.js';
import { runPipeline } from './pipeline-run.js';
import { seededFrames } from './seeded-wearable.js';

jest.setTimeout(60_000);

const SECONDS = 60;
/** From then on every window must have its number. */
const SETTLED_S = 30;
const withNetworks = await Networks.load(resolve('models'));
const spectrumAlone = await Networks.load(resolve('models-that-are-not-there'));

/** A pulse of 62 BPM on a wrist that lies still but for what the heart shakes it by: with each beat, in three harmonics. */
function shaken(peakG: number) {
  const bpm = 62;
  const frames = seededFrames({
    device: 'wear-1',
    seed: 3,
    seconds: SECONDS,
    bpmAt: () => bpm,
    swingAt: () => 0,
  });
  for (const frame of frames) {
    const motion = frame.blocks.find(({ kind }) => kind === 'accelerometer')!;
    for (const [axis, { samples }] of motion.channels.entries()) {
      for (let i = 0; i < samples.length; i++) {
        const seconds = frame.monotonicUs / 1e6 + i / motion.sampleRateHz;
        const phase = (2 * Math.PI * bpm * seconds) / 60 + 0.7;
        const shake = Math.sin(phase) + 0.8 * Math.sin(2 * phase + 1) + 0.5 * Math.sin(3 * phase);
        samples[i]! += Math.round((peakG * [0.5, 1, 0.3][axis]! * shake) / motion.scale);
      }
    }
  }
  return frames;
}

it.each([
  ['with the network', withNetworks, 0.006],
  ['with the network', withNetworks, 0.02],
  ['by the spectrum alone', spectrumAlone, 0.006],
  ['by the spectrum alone', spectrumAlone, 0.02],
])('reads the pulse of a wrist that the heart itself shakes, %s', async (_, networks, peakG) => {
  const records = inputRecords(atSpeedOne(shaken(peakG)), { partitions: 1 });
  const { appended } = await runPipeline(records, { networks, partitions: 1 });
  const settled = appended.filter(
    ({ lane, endMonotonicUs }) => lane === 'live' && endMonotonicUs / 1e6 > SETTLED_S,
  );
  expect(settled.length).toBeGreaterThan(10);
  for (const { heartRate } of settled) {
    expect(heartRate.bpm).toBeGreaterThan(57);
    expect(heartRate.bpm).toBeLessThan(67);
  }
});
