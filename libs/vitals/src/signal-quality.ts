import type { HeartRateEstimate } from './heart-rate-belief.js';
import type { PreparedWindow } from './prepared-window.js';

/**
 * Logistic regressions on "the estimate is right within max(5 BPM, 10 %)", fitted on BAMI across devices, half of it with
 * synthetic movement, by `training/heart_rate/abstention.py`.
 */
interface QualityWeights {
  constant: number;
  /** Of log(deviation + 1), BPM. */
  logDeviation: number;
  purity: number;
  /** Of the skewness without its sign. */
  skewness: number;
  /** Of log(movement in g). */
  logMotion: number;
  /** When the second opinion is within max(5 BPM, 10 %). */
  agreement: number;
}

const WITH_NETWORK: QualityWeights = {
  constant: 7.61,
  logDeviation: -3.01,
  purity: 0.99,
  skewness: 0.23,
  logMotion: -0.14,
  agreement: 0.85,
};

const SPECTRUM_ALONE: QualityWeights = {
  constant: 2.43,
  logDeviation: -0.97,
  purity: 3.23,
  skewness: -0.13,
  logMotion: -0.12,
  agreement: 0,
};

/** Movement below this is none: the noise of an accelerometer at rest, g. */
const QUIET_G = 0.01;

/**
 * Probability, 0 to 1, that the estimate is right within max(5 BPM, 10 %); 0 without a usable signal.
 *
 * @param second the spectral estimator's answer, or null when `estimate` itself is that
 */
export function signalQuality(
  { quality, motion, heartRate }: PreparedWindow,
  estimate: HeartRateEstimate | null,
  second: HeartRateEstimate | null,
): number {
  if (quality === null || heartRate === null || estimate === null) return 0;
  const weights = second === null ? SPECTRUM_ALONE : WITH_NETWORK;
  const agrees =
    second !== null && Math.abs(second.bpm - estimate.bpm) <= Math.max(5, 0.1 * estimate.bpm);
  const score =
    weights.constant +
    weights.logDeviation * Math.log(estimate.deviationBpm + 1) +
    weights.purity * quality.spectralPurity +
    weights.skewness * Math.abs(quality.skewness) +
    weights.logMotion * Math.log(Math.max(motion?.rmsG ?? 0, QUIET_G)) +
    (agrees ? weights.agreement : 0);
  return Math.round(1000 / (1 + Math.exp(-score))) / 1000;
}
