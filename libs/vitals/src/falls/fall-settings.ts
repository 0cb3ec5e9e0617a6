import { GRID_RATE_HZ } from '../window-grid.js';

/** The detector's figures, from a study on public recordings of simulated falls (training/falls). */
export const FALL = {
  /**
   * Grid of the acceleration, Hz: the one of heart rate and activity, with its low-pass of 8 Hz. One of 10 Hz was tried:
   * no difference beyond noise (sensitivity at 97 % / 99 % specificity .925 / .819 against .916 / .837, one seed).
   */
  rateHz: GRID_RATE_HZ,
  /** Gate: length of the acceleration above this frequency, Hz, … */
  highPassHz: 0.5,
  /** … beyond this, g, … */
  impactG: 1.2,
  /** … and the largest within so many samples on both sides (2 s). */
  apartSamples: 50,
  /** The network sees 2 s before the impact and 4 s from it: two seconds fewer cost 1.5 to 3 points of sensitivity. */
  beforeSamples: 50,
  afterSamples: 100,
  /** Where gravity's direction is taken: -2 to -0.5 s from the impact, before most of the fall. */
  gravitySamples: 38,
  /** From 2 s after the impact on, stillness is measured. */
  settledSamples: 50,
  /** A wrist moves less than this while its wearer lies still, g, length of the acceleration above `highPassHz`. */
  stillG: 0.1,
} as const;

/** Samples of the network's input: 6 s. */
export const FALL_SAMPLES = FALL.beforeSamples + FALL.afterSamples;
/** Rows of the network's input: see `prepareFallInput`. */
export const FALL_CHANNELS = 5;
/** Numbers in one input of the network. */
export const FALL_INPUT = FALL_CHANNELS * FALL_SAMPLES;

/** What a fall model must offer to be used; checked when it is loaded. */
export const FALL_MODEL_INTERFACE = {
  task: 'fall',
  inputs: { x: [FALL_CHANNELS, FALL_SAMPLES] },
  outputs: { logit: { shape: [1] } },
} as const;

/**
 * What the network says as a number from 0 to 1 (logistic function of its log-odds; NaN stays NaN: no answer). Fixed by false
 * alarms when the model is made: from `suspected` on lie 3 %, from `likely` on 1 % of the daily-life trials of people left
 * out. It is not the chance that somebody has fallen, which depends on how often the wearer falls.
 */
export function fallScore(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** Ask the wearer … or call. */
export const FALL_SCORES = { suspected: 0.5, likely: 0.8 } as const;
