import type { BodyPosition, Withheld } from '@app/contracts';
import type { WindowSignals } from './feature-planes.js';
import type { WaistInput } from './waist/prepare-waist-input.js';

/** One window of one device, ready for the networks: 8 s of samples, cut every 2 s. */
export interface PreparedWindow {
  /** Window k covers [2k, 2k + 8) s of the device's monotonic clock within its boot. */
  window: number;
  /** Monotonic clock at the window's end, µs since boot. */
  endMonotonicUs: number;
  /** Null when the light signal cannot be used; `withheld` then says why. */
  heartRate: HeartRateInput | null;
  /** Reason known before any network runs, or null. */
  withheld: Extract<Withheld, 'no-signal' | 'gap' | 'not-worn' | 'acquiring'> | null;
  /** Input of the wrist's activity network, 3 × 125; null when motion of the last 5 s is missing, or worn elsewhere. */
  activity: Float32Array | null;
  /** Input of the waist network of a device worn there, or null. */
  waist: WaistInput | null;
  motion: MotionLevel | null;
  quality: WaveformQuality | null;
  /** 0 to 1, as last reported by the device. */
  battery: number | null;
  worn: boolean | null;
  position: BodyPosition;
}

export interface HeartRateInput {
  /** 7 planes × 96 bins, row-major: see `feature-planes.ts`. */
  features: Float32Array;
  /** What the planes were made of: an explanation hides parts of it. */
  signals: WindowSignals;
  second: SpectralEvidence;
  /** The first usable window after a start or after more than 30 s without one: begin with network state zero. */
  restart: boolean;
}

/** What the estimator without a network sees. */
export interface SpectralEvidence {
  /** Log-likelihood of each of the 96 bins, up to a constant. */
  logLikelihood: Float32Array;
  /** Highest peak of the motion-reduced spectrum, BPM. */
  peakBpm: number;
}

/** Movement inside the window, gravity removed (0.4 Hz high-pass). */
export interface MotionLevel {
  /** Root mean square of the acceleration vector, g. */
  rmsG: number;
  /** Largest magnitude of the acceleration vector, g. */
  peakG: number;
}

/** Indices of the light signal in the window, from the best of its channels. */
export interface WaveformQuality {
  /** Share of the samples that repeat the one before exactly. */
  flatShare: number;
  /** Share of the samples at the window's own extremes in runs: a clipped converter. */
  clippedShare: number;
  /** Skewness of the band-passed pulse; clean wrist PPG is skewed, noise is not. */
  skewness: number;
  /** Share of the spectrum's power within ±0.1 Hz of its peak, 0 to 1. */
  spectralPurity: number;
  /** Pulse amplitude over the constant part, %; null when the signal has no constant part. */
  perfusionPercent: number | null;
  /** Light channels in use. */
  channels: number;
}
