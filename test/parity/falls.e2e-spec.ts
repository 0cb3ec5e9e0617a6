import type { Frame } from '@app/contracts';
import { describe, expect, it, jest } from '@jest/globals';
import { resolve } from 'node:path';
import { Networks } from '../../apps/station/src/processor/networks.js';
import { atSpeedOne, disturbed, inputRecords } from './arrivals.js';
import { runPipeline } from './pipeline-run.js';
import { seededFrames } from './seeded-wearable.js';

jest.setTimeout(60_000);

const networks = await Networks.load(resolve('models'));
const DEVICE = { device: 'wear-1', seed: 5, seconds: 60 };
const FALL_S = 45;

type Vector = [x: number, y: number, z: number];

/** Another acceleration, by the second of the boot. */
function moved(frames: readonly Frame[], change: (second: number, was: Vector) => Vector): Frame[] {
  return frames.map((frame) => ({
    ...frame,
    blocks: frame.blocks.map((block) => {
      if (block.kind !== 'accelerometer') return block;
      const [x, y, z] = block.channels.map(({ samples }) => samples);
      const rows = Array.from(x!, (_, i) => {
        const second = frame.monotonicUs / 1e6 + i / block.sampleRateHz;
        const was = [x![i]!, y![i]!, z![i]!].map((value) => value * block.scale) as Vector;
        return change(second, was).map((value) => Math.round(value / block.scale));
      });
      const channels = block.channels.map((channel, axis) => ({
        ...channel,
        samples: Int32Array.from(rows, (row) => row[axis]!),
      }));
      return { ...block, channels };
    }),
  }));
}

/** Upright; the arm thrown out, a blow that rings, half a turn, rocking that dies away, and somebody who lies on the side. */
function falling(second: number, was: Vector): Vector {
  const after = second - FALL_S;
  if (after < -1.5) return was;
  const turn = 1 / (1 + Math.exp(-(after - 0.15) / 0.2));
  const drop = Math.exp(-(((after + 0.35) / 0.18) ** 2));
  const rings = after > 0 ? 0.66 * Math.exp(-after / 0.2) * Math.sin(18 * after) : 0;
  const blow = 3.5 * (Math.exp(-((after / 0.14) ** 2)) + rings);
  const rocks = after > 0 ? 1.1 * Math.exp(-after / 0.8) : 0;
  const rocking = [Math.sin(8 * after), Math.sin(6 * after + 1), -Math.sin(7 * after + 2)];
  const posture = [0.1, -0.2, 0.97].map((up, c) => up + turn * ([0.75, -0.6, 0.2][c]! - up));
  const length = Math.hypot(...posture);
  return posture.map(
    (value, c) =>
      (value / length) * (1 - 0.34 * drop) +
      0.8 * drop * [0.8, 0.5, -0.4][c]! +
      blow * [0.6, 0.55, 0.58][c]! +
      rocks * rocking[c]!,
  ) as Vector;
}

const frames = seededFrames(DEVICE);
const run = (own: readonly Frame[], options = {}) =>
  runPipeline(inputRecords(atSpeedOne(own), { partitions: 1 }), {
    networks,
    partitions: 1,
    ...options,
  });

describe('falls in the pipeline', () => {
  const fallen = moved(frames, falling);

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
