import { LEAST_GRAVITY_G } from '../activity/prepare-activity-input.js';
import { WAIST_CHANNELS, WAIST_INPUT, WAIST_SAMPLES } from './waist-classes.js';

/** The newest 2.56 s of a window for the network, and what its cadence is counted from. */
export interface WaistInput {
  /** 6 × 64, row-major. */
  features: Float32Array;
  /** |a| - 1 g over the whole window, 200 samples. */
  magnitude: Float32Array;
}

/**
 * @param acceleration x, y and z in g with gravity, over the window
 * @param rotation about x, y and z in deg/s, over the same window
 * @returns null when a sample is not finite or gravity is not in the signal
 */
export function prepareWaistInput(
  acceleration: readonly Float64Array[],
  rotation: readonly Float64Array[],
): WaistInput | null {
  const rows = [...acceleration, ...rotation];
  const length = rows[0]?.length ?? 0;
  if (rows.length !== WAIST_CHANNELS || rows.some((row) => row.length !== length)) {
    throw new RangeError(`${rows.length} rows of ${length} samples`);
  }
  if (length < WAIST_SAMPLES) throw new RangeError(`${length} samples, not ${WAIST_SAMPLES}`);
  const features = new Float32Array(WAIST_INPUT);
  rows.forEach((row, r) => {
    features.set(row.subarray(length - WAIST_SAMPLES), r * WAIST_SAMPLES);
  });
  if (!features.every(Number.isFinite)) return null;
  const gravity = Math.hypot(
    ...[0, 1, 2].map((axis) =>
      meanOf(features.subarray(axis * WAIST_SAMPLES, (axis + 1) * WAIST_SAMPLES)),
    ),
  );
  if (!(gravity >= LEAST_GRAVITY_G)) return null;
  const [x, y, z] = acceleration as [Float64Array, Float64Array, Float64Array];
  const magnitude = new Float32Array(length);
  for (let i = 0; i < length; i++) magnitude[i] = Math.hypot(x[i]!, y[i]!, z[i]!) - 1;
  return { features, magnitude };
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
