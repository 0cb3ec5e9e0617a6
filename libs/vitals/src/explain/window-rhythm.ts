import type { HeartRateExplanation, WindowSpectra } from '@app/contracts';
import { bpmOfBin } from '../heart-rate-bins.js';
import type { MotionLevel } from '../prepared-window.js';

/** Weaker movement has no rhythm worth a mark, g (root mean square). */
const LEAST_RMS_G = 0.03;
/** A peak below this multiple of the spectrum's root mean square is no rhythm; noise of 8 s reaches about 2.2. */
const LEAST_PROMINENCE = 2.5;

/** The rhythm of the movement: the steps as counted, else the highest peak of the acceleration's spectrum. */
export function windowRhythm(
  stepsPerMinute: number | null,
  { acceleration }: WindowSpectra,
  motion: MotionLevel | null,
): HeartRateExplanation['cadence'] {
  if (stepsPerMinute !== null) return { perMinute: stepsPerMinute, from: 'steps' };
  if (acceleration === null || motion === null || motion.rmsG < LEAST_RMS_G) return null;
  const peak = acceleration.reduce((best, value, i) => (value > acceleration[best]! ? i : best), 0);
  if (acceleration[peak]! < LEAST_PROMINENCE) return null;
  return { perMinute: bpmOfBin(peak), from: 'spectrum' };
}
