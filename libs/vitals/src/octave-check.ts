import type { HeartRateBelief, HeartRateEstimate } from './heart-rate-belief.js';
import type { MotionLevel } from './prepared-window.js';

/**
 * When the network reads the second harmonic of a slow pulse. It was trained on people who exercise (hardly a rate below
 * 55 BPM), and answers a clean pulse of 42 BPM with a certain 84. On a still wrist nothing in the light has half the rate
 * of the heart, so what the spectrum shows there is the pulse itself.
 */
export const OCTAVE_RULES = {
  /** Up to this the wrist counts as still, g RMS: rest with small gestures; slow walking has three times as much. */
  stillRmsG: 0.06,
  /** How near to half the network's answer counts as half of it, as a share of it. */
  nearHalfShare: 0.1,
  /** The spectral belief's probability there from which the network's answer is its double … */
  doubledProbability: 0.8,
  /** … and from which it may be. */
  doubtfulProbability: 0.2,
} as const;

/** Whether the wrist is still enough for the spectrum to be believed against the network. */
export function isStillWrist(motion: MotionLevel | null): boolean {
  return motion !== null && motion.rmsG <= OCTAVE_RULES.stillRmsG;
}

/** Whether `estimate`, of the network, is the double of the rate that the spectrum of a still wrist shows. */
export function octaveOf(
  estimate: HeartRateEstimate | null,
  spectral: HeartRateBelief,
  motion: MotionLevel | null,
): 'doubled' | 'doubtful' | 'none' {
  if (estimate === null || !isStillWrist(motion)) return 'none';
  const probability = spectral.probabilityNear(estimate.bpm / 2, OCTAVE_RULES.nearHalfShare);
  if (probability >= OCTAVE_RULES.doubledProbability) return 'doubled';
  return probability >= OCTAVE_RULES.doubtfulProbability ? 'doubtful' : 'none';
}
