import type { Frame } from '@app/contracts';

/** When the blow comes, s of the boot. */
export const FALL_S = 45;

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

/** The same wearable, on somebody who falls at `FALL_S`. */
export function fallen(frames: readonly Frame[]): Frame[] {
  return moved(frames, falling);
}
