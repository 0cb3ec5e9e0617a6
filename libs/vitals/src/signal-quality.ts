import type { HeartRateEstimate } from './heart-rate-belief.js';
import type { PreparedWindow } from './prepared-window.js';

/**
 * Logistic regressions on "the estimate is right within max(5 BPM, 10 %)", fitted on BAMI across devices, half of it with
 * synthetic movement, by `training/heart_rate/abstention.py`.
 */
interface QualityWeights {
  constant: number;
  /** Of log(w + 0.1), where w is the belief's standard deviation in units of max(5 BPM, 10 %). */
  logWidth: number;
  purity: number;
  /** Of the skewness without its sign. */
  skewness: number;
  /** Of log(movement in g). */
  logMotion: number;
  /** When the second opinion is within max(5 BPM, 10 %). */
  agreement: number;
}

const WITH_NETWORK: QualityWeights = {
  constant: 0.32,
  logWidth: -3.1,
  purity: 1,
  skewness: 0.28,
  logMotion: -0.35,
  agreement: 0.69,
};

const SPECTRUM_ALONE: QualityWeights = {
  constant: 0.15,
  logWidth: -1.76,
  purity: 2.59,
  skewness: -0.04,
  logMotion: -0.23,
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
  const tolerance = Math.max(5, 0.1 * estimate.bpm);
  const agrees = second !== null && Math.abs(second.bpm - estimate.bpm) <= tolerance;
  const score =
    weights.constant +
    weights.logWidth * Math.log(estimate.deviationBpm / tolerance + 0.1) +
    weights.purity * quality.spectralPurity +
    weights.skewness * Math.abs(quality.skewness) +
    weights.logMotion * Math.log(Math.max(motion?.rmsG ?? 0, QUIET_G)) +
    (agrees ? weights.agreement : 0);
  return Math.round(1000 / (1 + Math.exp(-score))) / 1000;
}
