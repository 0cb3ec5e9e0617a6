/**
 * The common time grid: sample j lies at j × 40 ms of the device's monotonic clock, window k holds samples
 * [50 k, 50 k + 200). Heart rate and activity share it.
 */
export const GRID_RATE_HZ = 25;
export const GRID_PERIOD_US = 1e6 / GRID_RATE_HZ;
export const WINDOW_SAMPLES = 200;
export const HOP_SAMPLES = 50;
/** From one window to the next, ms. */
export const WINDOW_STEP_MS = (1000 * HOP_SAMPLES) / GRID_RATE_HZ;

export function windowStart(window: number): number {
  return HOP_SAMPLES * window;
}

export function windowEnd(window: number): number {
  return HOP_SAMPLES * window + WINDOW_SAMPLES;
}

/** The first window (from 0) that reaches beyond grid sample `index`, so that it can hold that sample. */
export function firstWindowWith(index: number): number {
  return Math.max(0, Math.floor((index - WINDOW_SAMPLES) / HOP_SAMPLES) + 1);
}
