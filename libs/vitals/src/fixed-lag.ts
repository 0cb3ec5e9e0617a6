import {
  estimateOf,
  type BeliefSettings,
  type HeartRateEstimate,
  likelihoodOf,
  transitionOf,
} from './heart-rate-belief.js';
import { BIN_COUNT } from './heart-rate-bins.js';

/** Windows that are waited for: 8 s. */
export const LAG_WINDOWS = 4;

/** Structured-cloneable; 3.4 KB. */
export interface FixedLagSnapshot {
  beliefs: Float32Array[];
  likelihoods: (Float32Array | null)[];
}

/**
 * What is believed of the rate 8 s ago, now that four more windows are known: the forward filter's belief of then, times
 * how well each rate of then leads to what came after (fixed-lag smoothing of the same hidden Markov model). For history; a
 * number on a wall does not wait.
 */
export class FixedLag {
  /** What the filter believed after each of the last windows, the oldest first; at most `LAG_WINDOWS` + 1. */
  private beliefs: Float32Array[] = [];
  /** What those windows made likely; null for one that said nothing. */
  private likelihoods: (Float32Array | null)[] = [];

  constructor(private readonly settings: BeliefSettings) {}

  /** One window on. `filtered`: the filter's belief after it, null before the first evidence. */
  push(filtered: Float64Array | null, logits: Float32Array | null): void {
    if (filtered === null) return;
    this.beliefs.push(new Float32Array(filtered));
    this.likelihoods.push(logits && new Float32Array(likelihoodOf(logits, this.settings)));
    if (this.beliefs.length > LAG_WINDOWS + 1) {
      this.beliefs.shift();
      this.likelihoods.shift();
    }
  }

  /** Of the window before the last four; null until there is one. `tail`: probability left out on either side. */
  estimate(tail?: number): HeartRateEstimate | null {
    const [then] = this.beliefs;
    if (then === undefined || this.beliefs.length <= LAG_WINDOWS) return null;
    let later: Float64Array = new Float64Array(BIN_COUNT).fill(1);
    for (let k = LAG_WINDOWS; k > 0; k--) later = this.stepBack(later, this.likelihoods[k] ?? null);
    let total = 0;
    for (let bin = 0; bin < BIN_COUNT; bin++) {
      later[bin] = (later[bin] as number) * (then[bin] as number);
      total += later[bin] as number;
    }
    for (let bin = 0; bin < BIN_COUNT; bin++) later[bin] = (later[bin] as number) / total;
    return estimateOf(later, tail);
  }

  reset(): void {
    this.beliefs = [];
    this.likelihoods = [];
  }

  save(): FixedLagSnapshot {
    return { beliefs: [...this.beliefs], likelihoods: [...this.likelihoods] };
  }

  restore({ beliefs, likelihoods }: FixedLagSnapshot): void {
    this.beliefs = [...beliefs];
    this.likelihoods = [...likelihoods];
  }

  /** How well each rate leads to `later` by way of a window with this likelihood; brought to a largest value of 1. */
  private stepBack(later: Float64Array, likelihood: Float32Array | null): Float64Array {
    const transition = transitionOf(this.settings);
    const weighed = new Float64Array(later);
    if (likelihood !== null) {
      for (let bin = 0; bin < BIN_COUNT; bin++) {
        weighed[bin] = (weighed[bin] as number) * (likelihood[bin] as number);
      }
    }
    const before = new Float64Array(BIN_COUNT);
    let largest = 0;
    for (let from = 0; from < BIN_COUNT; from++) {
      const row = from * BIN_COUNT;
      // two sums: one alone would wait for each addition before it starts the next
      let even = 0;
      let odd = 0;
      for (let to = 0; to < BIN_COUNT; to += 2) {
        even += (transition[row + to] as number) * (weighed[to] as number);
        odd += (transition[row + to + 1] as number) * (weighed[to + 1] as number);
      }
      before[from] = even + odd;
      if (even + odd > largest) largest = even + odd;
    }
    for (let bin = 0; bin < BIN_COUNT; bin++) before[bin] = (before[bin] as number) / largest;
    return before;
  }
}
