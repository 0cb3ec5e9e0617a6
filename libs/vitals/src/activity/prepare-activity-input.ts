import { ACTIVITY_INPUT, ACTIVITY_SAMPLES } from './activity-classes.js';

/**
 * Least length of the mean acceleration, g. A worn sensor measures gravity, so the mean over 5 s is near 1 g, and in
 * the recordings that the model was made from never below 0.18 g; a signal with gravity removed has a mean near zero.
 */
export const LEAST_GRAVITY_G = 0.1;

/**
 * Input of the activity network from 5 s of acceleration on the 25 Hz grid: three rows of 125 that do not change when the
 * watch is turned on the wrist or worn on the other one. With u the direction of the mean acceleration ("down"):
 * row 0 is the part along u less 1 g, row 1 the length of the part across u, row 2 the length of the whole less 1 g.
 *
 * @param x acceleration in g with gravity, 125 samples; likewise `y`, `z`
 * @returns 375 numbers in g, row-major, or null when a sample is missing (NaN) or gravity is not in the signal
 */
export function prepareActivityInput(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  z: ArrayLike<number>,
): Float32Array | null {
  const n = ACTIVITY_SAMPLES;
  if (x.length !== n || y.length !== n || z.length !== n) {
    throw new RangeError(`${x.length}, ${y.length}, ${z.length} samples instead of ${n}`);
  }
  let meanX = 0;
  let meanY = 0;
  let meanZ = 0;
  for (let i = 0; i < n; i++) {
    meanX += x[i]! / n;
    meanY += y[i]! / n;
    meanZ += z[i]! / n;
  }
  const gravity = Math.hypot(meanX, meanY, meanZ);
  if (!(gravity >= LEAST_GRAVITY_G)) return null;
  const input = new Float32Array(ACTIVITY_INPUT);
  for (let i = 0; i < n; i++) {
    const along = (x[i]! * meanX + y[i]! * meanY + z[i]! * meanZ) / gravity;
    const square = x[i]! * x[i]! + y[i]! * y[i]! + z[i]! * z[i]!;
    input[i] = along - 1;
    input[n + i] = Math.sqrt(Math.max(0, square - along * along));
    input[2 * n + i] = Math.sqrt(square) - 1;
  }
  return input;
}

/** Row 2 of the input: |a| - 1 g, 125 samples. */
export function magnitudeOf(input: Float32Array): Float32Array {
  return input.subarray(2 * ACTIVITY_SAMPLES, 3 * ACTIVITY_SAMPLES);
}
