import { BIN_COUNT, BIN_STEP_BPM, bpmOfBin } from './heart-rate-bins.js';

/** Constants of a belief; `NETWORK_BELIEF` and `SPECTRAL_BELIEF` say where theirs come from. */
export interface BeliefSettings {
  /** Standard deviation of log(rate / rate one window before), and the share of windows that move three times as far. */
  sigma: number;
  tail: number;
  /** Chance per window of starting anew anywhere. */
  leak: number;
  /** Sharpness given to the logits, and the probability floor under all bins together. */
  temperature: number;
  floor: number;
}

/** What is believed after a window. */
export interface HeartRateEstimate {
  /** Median, BPM: of all single numbers the one with the least error to be expected, and seldom one between two peaks. */
  bpm: number;
  /** Standard deviation, BPM. */
  deviationBpm: number;
  /** Interval: the quantiles at the tail's probability and at one less it, BPM. */
  lowBpm: number;
  highBpm: number;
}

/** Probability that a 90 % interval leaves out on either side. */
export const TAIL = 0.05;

/** Start: log-normal around the median first rate of BAMI, widened by half, and 10 % anywhere. */
const START_BPM = 94;
const START_SIGMA = 0.255;
const START_UNIFORM = 0.1;
const start = startPrior();
const transitions = new Map<BeliefSettings, Float64Array>();

/**
 * Probabilities over the heart-rate bins, carried from window to window by a forward filter of a hidden Markov model:
 * the rate moves a little in proportion to itself, and each window's logits say how likely each rate makes the signal.
 */
export class HeartRateBelief {
  private probabilities: Float64Array | null = null;

  constructor(private readonly settings: BeliefSettings) {}

  /** One window on. `logits`: 96 log-likelihoods up to a constant, or null when the window says nothing. */
  update(logits: Float32Array | null): void {
    const before = this.probabilities;
    if (before === null && logits === null) return;
    const next = before === null ? start.slice() : moved(before, transitionOf(this.settings));
    if (logits !== null) weigh(next, logits, this.settings);
    this.probabilities = next;
  }

  /** Null before the first window with logits. `tail`: probability that the interval leaves out on either side. */
  estimate(tail?: number): HeartRateEstimate | null {
    return this.probabilities && estimateOf(this.probabilities, tail);
  }

  /** Probability of the bins within ±`share` of a rate, 0 to 1; 0 before the first evidence. */
  probabilityNear(bpm: number, share: number): number {
    let mass = 0;
    this.probabilities?.forEach((probability, bin) => {
      if (Math.abs(bpmOfBin(bin) / bpm - 1) <= share) mass += probability;
    });
    return mass;
  }

  reset(): void {
    this.probabilities = null;
  }

  save(): Float64Array | null {
    return this.probabilities?.slice() ?? null;
  }

  restore(snapshot: Float64Array | null): void {
    this.probabilities = snapshot?.slice() ?? null;
  }
}

/** Median, standard deviation and interval of probabilities over the bins. */
export function estimateOf(probabilities: Float64Array, tail = TAIL): HeartRateEstimate {
  let mean = 0;
  for (let i = 0; i < BIN_COUNT; i++) mean += (probabilities[i] as number) * bpmOfBin(i);
  let variance = 0;
  for (let i = 0; i < BIN_COUNT; i++) {
    variance += (probabilities[i] as number) * (bpmOfBin(i) - mean) ** 2;
  }
  return {
    bpm: quantile(probabilities, 0.5),
    deviationBpm: Math.sqrt(variance),
    lowBpm: quantile(probabilities, tail),
    highBpm: quantile(probabilities, 1 - tail),
  };
}

function startPrior(): Float64Array {
  const weights = Float64Array.from({ length: BIN_COUNT }, (_, i) =>
    Math.exp(-0.5 * (Math.log(bpmOfBin(i) / START_BPM) / START_SIGMA) ** 2),
  );
  const total = sum(weights);
  return weights.map((w) => ((1 - START_UNIFORM) * w) / total + START_UNIFORM / BIN_COUNT);
}

/** Probabilities of moving between the bins in one window; row-major, from × to. */
export function transitionOf(settings: BeliefSettings): Float64Array {
  const known = transitions.get(settings);
  if (known !== undefined) return known;
  const { sigma, tail, leak } = settings;
  const matrix = new Float64Array(BIN_COUNT * BIN_COUNT);
  for (let from = 0; from < BIN_COUNT; from++) {
    const near = kernel(from, sigma);
    const far = kernel(from, 3 * sigma);
    for (let to = 0; to < BIN_COUNT; to++) {
      const step = (1 - tail) * (near[to] as number) + tail * (far[to] as number);
      matrix[from * BIN_COUNT + to] = (1 - leak) * step + leak / BIN_COUNT;
    }
  }
  transitions.set(settings, matrix);
  return matrix;
}

function kernel(from: number, sigma: number): Float64Array {
  const weights = Float64Array.from({ length: BIN_COUNT }, (_, to) =>
    Math.exp(-0.5 * (Math.log(bpmOfBin(to) / bpmOfBin(from)) / sigma) ** 2),
  );
  const total = sum(weights);
  return weights.map((weight) => weight / total);
}

function moved(probabilities: Float64Array, transition: Float64Array): Float64Array {
  const next = new Float64Array(BIN_COUNT);
  for (let from = 0; from < BIN_COUNT; from++) {
    const mass = probabilities[from] as number;
    const row = from * BIN_COUNT;
    for (let to = 0; to < BIN_COUNT; to++) {
      next[to] = (next[to] as number) + mass * (transition[row + to] as number);
    }
  }
  return next;
}

/** Softmax of the sharpened logits above its floor. */
export function likelihoodOf(
  logits: Float32Array,
  { temperature, floor }: BeliefSettings,
): Float64Array {
  let highest = -Infinity;
  for (let i = 0; i < BIN_COUNT; i++) highest = Math.max(highest, logits[i] as number);
  const likelihood = new Float64Array(BIN_COUNT);
  for (let i = 0; i < BIN_COUNT; i++) {
    likelihood[i] = Math.exp(temperature * ((logits[i] as number) - highest));
  }
  const total = sum(likelihood);
  for (let i = 0; i < BIN_COUNT; i++) {
    likelihood[i] = (likelihood[i] as number) / total + floor / BIN_COUNT;
  }
  return likelihood;
}

/** Multiplies by the likelihood, and brings the total back to one. */
function weigh(probabilities: Float64Array, logits: Float32Array, settings: BeliefSettings): void {
  const likelihood = likelihoodOf(logits, settings);
  for (let i = 0; i < BIN_COUNT; i++) {
    probabilities[i] = (probabilities[i] as number) * (likelihood[i] as number);
  }
  const mass = sum(probabilities);
  for (let i = 0; i < BIN_COUNT; i++) probabilities[i] = (probabilities[i] as number) / mass;
}

/** BPM below which this share lies; a bin's mass is spread evenly over its 2 BPM. */
function quantile(probabilities: Float64Array, share: number): number {
  let before = 0;
  for (let i = 0; i < BIN_COUNT; i++) {
    const mass = probabilities[i] as number;
    if (before + mass >= share) {
      return bpmOfBin(i) + BIN_STEP_BPM * ((share - before) / mass - 0.5);
    }
    before += mass;
  }
  return bpmOfBin(BIN_COUNT - 1);
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] as number;
  return total;
}
