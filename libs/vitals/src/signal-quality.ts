import type { HeartRateEstimate } from './heart-rate-belief.js';
import type { PreparedWindow } from './prepared-window.js';

/**
 * Weights of a logistic regression on "the estimate is right within max(5 BPM, 10 %)", fitted on BAMI across devices with
 * synthetic movement.
 */
const WEIGHTS = {
  constant: 2,
  logDeviation: -1.5,
  purity: 1,
  skewness: 0.2,
  logMotion: -0.2,
  agreement: 1,
} as const;

/** Movement below this is none: the noise of an accelerometer at rest, g. */
const QUIET_G = 0.01;

/** Probability, 0 to 1, that the estimate is right within max(5 BPM, 10 %); 0 without a usable signal. */
export function signalQuality(
  { quality, motion, heartRate }: PreparedWindow,
  estimate: HeartRateEstimate | null,
  second: HeartRateEstimate | null,
): number {
  if (quality === null || heartRate === null || estimate === null) return 0;
  const allowed = Math.max(5, 0.1 * estimate.bpm);
  const agrees = second !== null && Math.abs(second.bpm - estimate.bpm) <= allowed;
  const score =
    WEIGHTS.constant +
    WEIGHTS.logDeviation * Math.log(estimate.deviationBpm + 1) +
    WEIGHTS.purity * quality.spectralPurity +
    WEIGHTS.skewness * Math.abs(quality.skewness) +
    WEIGHTS.logMotion * Math.log(Math.max(motion?.rmsG ?? 0, QUIET_G)) +
    WEIGHTS.agreement * (agrees ? 1 : 0);
  return Math.round(1000 / (1 + Math.exp(-score))) / 1000;
}
