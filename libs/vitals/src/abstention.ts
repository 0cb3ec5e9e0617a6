import type { Withheld } from '@app/contracts';
import type { HeartRateEstimate } from './heart-rate-belief.js';

/**
 * When a number is not shown. Chosen on BAMI, answered by a network that never saw the device, as recorded and with
 * synthetic movement (`training/heart_rate/abstention.py`): with a belief of at most 6 % of the rate and a support of at least
 * 0.4, 98.3 % and 89.2 % of windows are answered, and 1.2 % of the windows with movement show a number that is wrong by more
 * than max(5 BPM, 10 %). Of windows without any pulse 2 % show a number, of those later than 10 s after it was lost 3 %.
 */
export const ABSTENTION = {
  /** A single window gives no number, and the first ones only a narrow belief (standard deviation, BPM). */
  firstWindows: 2,
  acquiringWindows: 5,
  acquiringDeviationBpm: 4,
  /**
   * Widest belief that still gives a number, standard deviation: this share of the rate, and in any case so many BPM. A rate
   * moves in proportion to itself, so beliefs are wider at high rates without being worse.
   */
  widestShare: 0.06,
  widestBpm: 4,
  /**
   * Least mean support (`supportOf`) over the last windows: the belief may not coast on its past when the pulse is gone.
   * Light without a pulse supports any rate with about 0.1.
   */
  supportWindows: 4,
  leastSupport: 0.4,
  /**
   * The second opinion contradicts when it is narrow, further away than this (BPM, and share of the rate), and the
   * network's own belief is wider than `certainShare` of the rate: one in eight of such numbers was wrong. On a still wrist it contradicts
   * however certain the network is.
   */
  narrowSecondBpm: 4,
  disagreementBpm: 15,
  disagreementShare: 0.15,
  certainShare: 0.04,
} as const;

export interface Circumstances {
  /** Windows with evidence since the start. */
  informed: number;
  /** The spectral estimator's answer, or null when the estimate itself is that. */
  second: HeartRateEstimate | null;
  /** No movement disturbs the second opinion. */
  isStill: boolean;
  /** Mean support of the last windows, or null when no network answered. */
  support: number | null;
}

/** Why this estimate is not to be shown, or null. */
export function reasonToWithhold(
  estimate: HeartRateEstimate | null,
  { informed, second, isStill, support }: Circumstances,
): Withheld | null {
  if (estimate === null || informed < ABSTENTION.firstWindows) return 'acquiring';
  if (
    informed < ABSTENTION.acquiringWindows &&
    estimate.deviationBpm > ABSTENTION.acquiringDeviationBpm
  ) {
    return 'acquiring';
  }
  const widest = Math.max(ABSTENTION.widestBpm, ABSTENTION.widestShare * estimate.bpm);
  if (estimate.deviationBpm > widest) return 'uncertain';
  if (support !== null && support < ABSTENTION.leastSupport) return 'uncertain';
  return second !== null && contradicts(estimate, second, isStill) ? 'disagreement' : null;
}

function contradicts(
  estimate: HeartRateEstimate,
  second: HeartRateEstimate,
  isStill: boolean,
): boolean {
  const distance = Math.abs(estimate.bpm - second.bpm);
  const allowed = Math.max(ABSTENTION.disagreementBpm, ABSTENTION.disagreementShare * estimate.bpm);
  return (
    distance > allowed &&
    second.deviationBpm < ABSTENTION.narrowSecondBpm &&
    (isStill || estimate.deviationBpm > ABSTENTION.certainShare * estimate.bpm)
  );
}
