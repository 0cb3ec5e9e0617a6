/** Where the samples came from. Everything but `live` is marked wherever it is shown or stored. */
export type Origin = 'live' | 'simulated' | 'replay';

/** `live` windows drive the wall and the alarms; `backfill` windows only fill history. */
export type Lane = 'live' | 'backfill';

export interface ModelId {
  /** For example `hr-bami`, or `spectral` for the estimator without a network. */
  name: string;
  version: string;
}

/** Why there is no number. */
export type Withheld =
  | 'no-signal' // flat, saturated or absent light signal
  | 'gap' // samples missing inside the window
  | 'not-worn' // the device says that it is off the body
  | 'acquiring' // the first windows after a start or a long gap
  | 'uncertain' // the belief is too wide
  | 'disagreement'; // the second opinion contradicts the model

/**
 * Heart rate of one window. `estimateBpm` with its interval is the belief's answer in every window, kept for evaluation;
 * `bpm` is what may be shown: the same number, or null with the reason in `withheld`.
 */
export interface HeartRate {
  bpm: number | null;
  withheld: Withheld | null;
  estimateBpm: number | null;
  /** 90 % interval of the estimate, BPM. */
  lowBpm: number | null;
  highBpm: number | null;
  /** The spectral estimator's answer, BPM. */
  secondOpinionBpm: number | null;
  model: ModelId;
  /** What is believed now of the window 8 s before: for history. Null when there is none, absent in older records. */
  lagged?: LaggedHeartRate | null;
}

/** Heart rate of an earlier window, with what came after it taken into account. */
export interface LaggedHeartRate {
  /** The window that it is about: four before the one that it came with. */
  window: number;
  bpm: number;
  /** 90 % interval, BPM. */
  lowBpm: number;
  highBpm: number;
}

export type ActivityClass = 'rest' | 'walking' | 'stairs' | 'running' | 'other' | 'unknown';

export interface Activity {
  class: ActivityClass;
  /** Posterior probability of the class, 0 to 1. */
  confidence: number;
  /** Steps per minute while walking or running, else null. */
  cadencePerMinute: number | null;
  model: ModelId;
  /** Of somebody at rest, from a device at the waist or in a pocket; absent where the wrist is all that is known. */
  posture?: Posture | null;
}

export type Posture = 'sitting' | 'standing' | 'lying';

/** A blow at the wrist that looks like a fall, decided 4 s after it. */
export interface Fall {
  /**
   * 0.5 to 1: from 0.5 on a fall is suspected, from 0.8 on it is likely. The scale is fixed by false alarms (3 % and 1 % of
   * trials of daily life); it is not the chance that somebody has fallen.
   */
  score: number;
  /** How long the wrist had been still at the decision, s, 0 to 2. For how urgent it is, never for whether. */
  stillSeconds: number;
  /** Device's monotonic clock at the blow, µs since boot. */
  atMonotonicUs: number;
  model: ModelId;
}

/**
 * What the processor says of one window (8 s, one every 2 s). Identity: device, bootId, window, lane.
 * All but `received`, `latencyMs` and the station times are a function of the device's samples alone.
 */
export interface VitalSigns {
  patient: string;
  origin: Origin;
  device: string;
  bootId: string;
  /** Counts windows from the boot's first sample: window k covers [2k, 2k + 8] s after it. */
  window: number;
  lane: Lane;
  /** Device's monotonic clock at the window's end, µs since boot. */
  endMonotonicUs: number;
  /** Station's clock at the window's end, ms since 1970: monotonic time plus the estimated offset. */
  endMs: number;
  /** From the window's last sample's arrival at the broker to this result, ms. Not part of any comparison. */
  latencyMs: number;
  heartRate: HeartRate;
  /** Signal quality, 0 (useless) to 1 (clean). */
  quality: number;
  activity: Activity;
  /** Suspected in the 2 s up to the window's end; null when none was, absent when falls are not looked for. */
  fall?: Fall | null;
  /** 0 to 1, or null. */
  battery: number | null;
  worn: boolean | null;
  /** By how much the device's own wall clock is ahead of the station's, ms; null or absent when it has told none. */
  clockErrorMs?: number | null;
}

/** The identity of a window's result: results with the same key are the same result. */
export function vitalSignsKey(
  vital: Pick<VitalSigns, 'device' | 'bootId' | 'window' | 'lane'>,
): string {
  return `${vital.device}/${vital.bootId}/${vital.window}/${vital.lane}`;
}
