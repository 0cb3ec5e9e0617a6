import type { RateDistribution } from '@app/contracts';
import { SPECTRAL_MODEL } from '../belief-settings.js';
import { estimateOf } from '../heart-rate-belief.js';
import { BIN_COUNT } from '../heart-rate-bins.js';
import {
  type ModelsInForce,
  PatientBelief,
  type PatientBeliefSnapshot,
} from '../patient-belief.js';
import type { PreparedWindow } from '../prepared-window.js';

const SAYS_NOTHING = new Float32Array(BIN_COUNT);

/** The belief before a window, and what it makes of the window when told this or that of it. */
export class RateBelief {
  private readonly withNetwork: boolean;
  /** Belief one step on, before the window is looked at. */
  readonly prior: Float64Array;

  constructor(
    private readonly before: PatientBeliefSnapshot,
    private readonly window: PreparedWindow,
    private readonly models: ModelsInForce,
  ) {
    this.withNetwork = models.heartRate.name !== SPECTRAL_MODEL.name;
    this.prior = this.after(SAYS_NOTHING);
  }

  /** @param logits what the network, or the spectral evidence without one, says of the 96 bins. */
  after(logits: Float32Array): Float64Array {
    const { window, withNetwork } = this;
    const belief = PatientBelief.restore(structuredClone(this.before));
    const heartRate = window.heartRate && {
      ...window.heartRate,
      second: { ...window.heartRate.second, logLikelihood: logits },
    };
    belief.update(
      { ...window, heartRate },
      { heartRateLogits: withNetwork ? logits : null, activityLogits: null },
      this.models,
    );
    const { network, spectral } = belief.save();
    const probabilities = withNetwork ? network : spectral;
    if (probabilities === null) throw new Error('a window with light leaves a belief');
    return probabilities;
  }

  /** What the window alone makes likely, as the belief weighs it: what turns the prior into the result. */
  likelihoodIn(result: Float64Array): Float64Array {
    const ratio = result.map((value, i) => value / (this.prior[i] as number));
    const total = ratio.reduce((sum, value) => sum + value, 0);
    return ratio.map((value) => value / total);
  }
}

/** Median and interval, as the belief itself gives them with this tail. */
export function distributionOf(probabilities: Float64Array, tail: number): RateDistribution {
  const { bpm, lowBpm, highBpm } = estimateOf(probabilities, tail);
  return {
    probabilities: Array.from(probabilities, (value) => rounded(value, 1e5)),
    bpm: rounded(bpm, 100),
    lowBpm: rounded(lowBpm, 100),
    highBpm: rounded(highBpm, 100),
  };
}

export function medianOf(probabilities: Float64Array): number {
  return estimateOf(probabilities).bpm;
}

export function rounded(value: number, perUnit: number): number {
  return Math.round(value * perUnit) / perUnit;
}
