import type { Withheld } from '@app/contracts';
import type { HeartRateEstimate } from './heart-rate-belief.js';

/** When a number is not shown. All chosen on BAMI across devices with synthetic movement; docs in training/README.md. */
export const ABSTENTION = {
  /** Windows with evidence before the first number, and until when a start needs a narrower belief. */
  firstWindows: 2,
  acquiringWindows: 5,
  acquiringDeviationBpm: 6,
  /** Widest belief (standard deviation) that still gives a number, with the network and without, BPM. */
  networkDeviationBpm: 10,
  spectralDeviationBpm: 6,
  /** The second opinion contradicts when it is itself narrow, and further away than this, BPM and share of the rate. */
  narrowSecondBpm: 4,
  disagreementBpm: 15,
  disagreementShare: 0.15,
  /** … unless the network's own belief is at least as narrow as this, BPM. */
  certainBpm: 3,
} as const;

export interface Circumstances {
  /** Windows with evidence since the start. */
  informed: number;
  second: HeartRateEstimate | null;
  /** The estimate is the network's, so that the second opinion is independent of it. */
  withNetwork: boolean;
}

/** Why this estimate is not to be shown, or null. */
export function reasonToWithhold(
  estimate: HeartRateEstimate | null,
  { informed, second, withNetwork }: Circumstances,
): Withheld | null {
  if (estimate === null || informed < ABSTENTION.firstWindows) return 'acquiring';
  const widest = withNetwork ? ABSTENTION.networkDeviationBpm : ABSTENTION.spectralDeviationBpm;
  if (
    informed < ABSTENTION.acquiringWindows &&
    estimate.deviationBpm > ABSTENTION.acquiringDeviationBpm
  ) {
    return 'acquiring';
  }
  if (estimate.deviationBpm > widest) return 'uncertain';
  return withNetwork && second !== null && contradicts(estimate, second) ? 'disagreement' : null;
}

function contradicts(estimate: HeartRateEstimate, second: HeartRateEstimate): boolean {
  const distance = Math.abs(estimate.bpm - second.bpm);
  const allowed = Math.max(ABSTENTION.disagreementBpm, ABSTENTION.disagreementShare * estimate.bpm);
  return (
    distance > allowed &&
    second.deviationBpm < ABSTENTION.narrowSecondBpm &&
    estimate.deviationBpm > ABSTENTION.certainBpm
  );
}
