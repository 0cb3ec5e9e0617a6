import type { HeartRateBelief } from './heart-rate-belief.js';
import type { MotionLevel } from './prepared-window.js';

/**
 * When the network reads the second harmonic of a slow pulse. One that was trained only on people who exercise (hardly a
 * rate below 55 BPM) answered a clean pulse of 42 BPM with a certain 84; hr-bami now knows slow pulses, and this stays as a
 * net under it. On a still wrist nothing in the light has half the rate of the heart, so what the spectrum shows there is
 * the pulse itself.
 */
export const OCTAVE_RULES = {
  /** Up to this the wrist counts as still, g RMS: rest with small gestures; slow walking has three times as much. */
  stillRmsG: 0.06,
  /** How near counts as the rate, its half or its double, as a share of it. */
  nearShare: 0.1,
  /** Widest spectral belief that is sure of itself, standard deviation, BPM. */
  narrowSecondBpm: 4,
  /** A network with this probability at twice what a sure spectrum shows, … */
  doubledProbability: 0.2,
  /** … and this at the rate and its double together, reads the second harmonic or is torn between the two. */
  tornProbability: 0.7,
  /** An unsure spectrum with this probability at half the network's answer makes that answer doubtful. */
  doubtfulProbability: 0.2,
} as const;

/** Whether the wrist is still enough for the spectrum to be believed against the network. */
export function isStillWrist(motion: MotionLevel | null): boolean {
  return motion !== null && motion.rmsG <= OCTAVE_RULES.stillRmsG;
}

/** Whether the network takes the double of the rate that the spectrum of a still wrist shows for the rate. */
export function octaveOf(
  network: HeartRateBelief,
  spectral: HeartRateBelief,
  motion: MotionLevel | null,
): 'doubled' | 'doubtful' | 'none' {
  const [said, shown] = [network.estimate(), spectral.estimate()];
  if (said === null || shown === null || !isStillWrist(motion)) return 'none';
  const { nearShare, narrowSecondBpm, doubledProbability, tornProbability, doubtfulProbability } =
    OCTAVE_RULES;
  if (shown.deviationBpm < narrowSecondBpm) {
    const twice = network.probabilityNear(2 * shown.bpm, nearShare);
    const once = network.probabilityNear(shown.bpm, nearShare);
    return twice >= doubledProbability && once + twice >= tornProbability ? 'doubled' : 'none';
  }
  const half = spectral.probabilityNear(said.bpm / 2, nearShare);
  return half >= doubtfulProbability ? 'doubtful' : 'none';
}
