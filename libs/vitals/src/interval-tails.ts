import { OCTAVE_RULES } from './octave-check.js';
import type { MotionLevel } from './prepared-window.js';

/** Above this the arm moves hard (running has 0.6 and more), g RMS without gravity. */
const VIGOROUS_G = 0.3;

export type MotionExtent = 'still' | 'moderate' | 'vigorous';

/**
 * Probability that the belief leaves out on either side of its 90 % interval. By itself the network's belief of 90 % covers
 * 98 % on people and devices like those of training; so the tails are those with which 90 % of windows are covered on people whose
 * device the network never saw, with synthetic movement while the wrist moves (split conformal,
 * `training/heart_rate/intervals.py`).
 */
const TAILS: Record<'network' | 'spectrum', Record<MotionExtent, number>> = {
  network: { still: 0.185, moderate: 0.16, vigorous: 0.13 },
  spectrum: { still: 0.105, moderate: 0.028, vigorous: 0.008 },
};

/** Unknown movement counts as vigorous: it has the widest interval. */
export function motionExtent(motion: MotionLevel | null): MotionExtent {
  if (motion === null || motion.rmsG > VIGOROUS_G) return 'vigorous';
  return motion.rmsG > OCTAVE_RULES.stillRmsG ? 'moderate' : 'still';
}

/** @param by whose belief it is: the spectrum's own is far too sure of itself while the wrist moves. */
export function intervalTail(motion: MotionLevel | null, by: 'network' | 'spectrum'): number {
  return TAILS[by][motionExtent(motion)];
}
