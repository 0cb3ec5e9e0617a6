import { BiquadCascade, butterworthHighPass } from '@app/signal';
import { FALL, FALL_INPUT, FALL_SAMPLES } from './fall-settings.js';

/** A mean acceleration shorter than this holds no gravity, g: the signal is not what the detector was made for. */
const LEAST_GRAVITY_G = 0.1;
/** Samples of the running mean that follows the wrist's attitude: 0.5 s. */
const ATTITUDE_SAMPLES = 13;

const HIGH_PASS = butterworthHighPass(2, FALL.highPassHz, FALL.rateHz);

/**
 * Input of the fall network from 6 s of acceleration on the 25 Hz grid, the impact at sample 50: five rows of 150 that do
 * not change when the watch is turned on the wrist or worn on the other one. With u the direction of the mean
 * acceleration from 2 to 0.5 s before the impact ("up" before the fall):
 * row 0 the length less 1 g, row 1 the part along u, row 2 the length of the part across u, row 3 the length of what is
 * faster than 0.5 Hz, all in g; row 4 the cosine between u and the running mean over the last 0.5 s (the wrist's turn).
 *
 * @param x acceleration in g with gravity, 150 samples; likewise `y`, `z`
 * @returns 750 numbers, row-major, or null when a sample is missing (NaN) or gravity is not in the signal
 */
export function prepareFallInput(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  z: ArrayLike<number>,
): Float32Array | null {
  const n = FALL_SAMPLES;
  if (x.length !== n || y.length !== n || z.length !== n) {
    throw new RangeError(`${x.length}, ${y.length}, ${z.length} samples instead of ${n}`);
  }
  const axes = [x, y, z];
  const mean = axes.map((axis) => meanOf(axis, 0, FALL.gravitySamples));
  const gravity = Math.hypot(...mean);
  if (!(gravity >= LEAST_GRAVITY_G)) return null;
  const up = mean.map((value) => value / gravity);

  const filters = mean.map((value) => {
    const filter = new BiquadCascade(HIGH_PASS);
    filter.settle(value); // as if the wrist had been held like this before
    return filter;
  });
  const input = new Float32Array(FALL_INPUT);
  const attitude = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    let square = 0;
    let along = 0;
    let fast = 0;
    for (let c = 0; c < 3; c++) {
      const value = axes[c]![i]!;
      square += value * value;
      along += value * up[c]!;
      fast += filters[c]!.next(value) ** 2;
      attitude[c] = meanOf(axes[c]!, Math.max(0, i + 1 - ATTITUDE_SAMPLES), i + 1);
    }
    if (Number.isNaN(square)) return null;
    const length = Math.hypot(...attitude);
    input[i] = Math.sqrt(square) - 1;
    input[n + i] = along;
    input[2 * n + i] = Math.sqrt(Math.max(0, square - along * along));
    input[3 * n + i] = Math.sqrt(fast);
    // 0.05 g keeps a moment of free fall, which has no direction, from giving a wild one
    const turned = attitude[0]! * up[0]! + attitude[1]! * up[1]! + attitude[2]! * up[2]!;
    input[4 * n + i] = turned / Math.max(0.05, length);
  }
  return input;
}

function meanOf(values: ArrayLike<number>, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i]!;
  return sum / (end - start);
}
