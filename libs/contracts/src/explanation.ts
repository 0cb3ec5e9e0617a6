import type { HeartRate, Lane, ModelId, Origin, VitalSigns } from './vital-signs.js';

/** Which of the device's signals a part belongs to. */
export type ExplainedSignal = 'light' | 'acceleration';

/** What a frequency band lies around. */
export type BandMeaning =
  'pulse' | 'twice-pulse' | 'cadence' | 'twice-cadence' | 'half-cadence' | 'other';

/** A part of what the answer was made of, which can be hidden. */
export type HidablePart =
  /** One second of one signal; seconds since the window's start. */
  | { kind: 'slice'; signal: ExplainedSignal; fromS: number; toS: number }
  /** All that swings at these rates, per minute, in one signal of the window. */
  | {
      kind: 'band';
      signal: ExplainedSignal;
      fromPerMinute: number;
      toPerMinute: number;
      centrePerMinute: number;
      /** One band may lie around several things: a pulse at the rate of the steps. */
      around: BandMeaning[];
    }
  /** All movement of the window, as if the device measured none. */
  | { kind: 'movement' }
  /** All that earlier windows left: the belief and the network's own state. */
  | { kind: 'earlier-windows' };

/** How far an answer moves when a part is hidden. */
export interface Effect {
  /** The answer without the part, BPM. */
  bpm: number;
  /** Less the answer with it, BPM. */
  shiftBpm: number;
  /** By how much the answered bin's probability falls, -1 to 1. */
  probabilityDrop: number;
}

export interface ExplainedPart {
  part: HidablePart;
  /** On the result: what was believed before the window included. */
  result: Effect;
  /** On what the network alone says of the window. */
  network: Effect;
}

/** Probabilities over `bins`, with their median and 90 % interval. */
export interface RateDistribution {
  probabilities: number[];
  bpm: number;
  lowBpm: number;
  highBpm: number;
}

/** Relative amplitudes over `bins`; 1 is the spectrum's own root mean square. */
export interface WindowSpectra {
  light: number[];
  /** The light with the movement regressed out. */
  residual: number[];
  /** Null when movement was not measured. */
  acceleration: number[] | null;
}

/** Where the answer comes from: spectra, belief and network, and what hiding parts of the window changes. */
export interface HeartRateExplanation {
  /** Rates that spectra and distributions speak about, per minute. */
  bins: number[];
  spectra: WindowSpectra;
  /** The most probable bin of the result: bands around the pulse lie here. */
  answeredBpm: number;
  /** Steps or, when no steps were counted, the strongest rhythm of the movement; null without a clear one. */
  cadence: { perMinute: number; from: 'steps' | 'spectrum' } | null;
  /** What was believed before the window, one step on. */
  prior: RateDistribution;
  /** What the window alone says: the network's answer, or the spectral evidence without a network. */
  network: RateDistribution;
  result: RateDistribution;
  /** What moves the result most comes first. */
  parts: ExplainedPart[];
}

/** `GET /api/patients/:patient/explanation` */
export interface ExplanationResponse {
  patient: string;
  origin: Origin;
  device: string;
  bootId: string;
  window: number;
  lane: Lane;
  /** Station's clock at the window's end, ms since 1970. */
  endMs: number;
  /** The result as it was stored and shown. */
  served: VitalSigns;
  /** The result as computed again from the journal. */
  recomputed: HeartRate;
  model: ModelId;
  /** Windows before this one that were computed again; with 60 or more, little of what came before them is left. */
  replayedWindows: number;
  /** Null when the light could not be used: `recomputed.withheld` says why. */
  explanation: HeartRateExplanation | null;
  /** Time that the computation took, ms. */
  tookMs: number;
}
