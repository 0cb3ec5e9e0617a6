/** An impact that may have been a fall, ready for the network; 4 s after it. */
export interface FallCandidate {
  /** Monotonic clock at the impact, µs since boot. */
  impactMonotonicUs: number;
  /** The same when the decision is due, 4 s later. */
  decisionMonotonicUs: number;
  /** Input of the fall network, 5 × 150: see `prepareFallInput`. */
  input: Float32Array;
  /** Largest acceleration above 0.5 Hz, g. */
  peakG: number;
  /**
   * How long the wrist has been still when the decision is due, s, 0 to 2: counted from 2 s after the impact. For how loudly
   * to call, never for whether: people who fell on mats get up at once, and others move in pain.
   */
  stillSeconds: number;
  /** Samples of the input that were not measured (link lost, or recording over), before and after. */
  heldBefore: number;
  heldAfter: number;
}
