import {
  clippedShare,
  flatShare,
  noiseLevel,
  perfusionPercent,
  rootMeanSquare,
  skewness,
} from '@app/signal';
import type { MotionLevel, WaveformQuality } from './prepared-window.js';

/** One light channel of one window. */
export interface LightChannel {
  raw: Float64Array;
  band: Float64Array;
  high: Float64Array;
}

/** A pulse smaller than this many converter steps (root mean square) drowns in their rounding: a flat line. */
const SMALLEST_PULSE_STEPS = 0.5;
/**
 * A pulse that is less than this much larger than the noise is none: noise alone, of which the band-pass leaves a part, makes 0.5 to
 * 1.4. The least of 20,744 windows of BAMI and SPC, of their weaker light and in any movement: 1.6.
 */
const LEAST_OVER_NOISE = 1.5;
/** More than this share repeated or at the converter's end: not a signal. */
const MOST_FLAT = 0.5;
const MOST_CLIPPED = 0.5;

/** A light channel's indices, and whether it can carry a pulse at all. */
export interface LightIndices extends Pick<
  WaveformQuality,
  'flatShare' | 'clippedShare' | 'skewness' | 'perfusionPercent'
> {
  isUsable: boolean;
}

/** `step`: one step of the converter. */
export function lightIndices({ raw, band, high }: LightChannel, step: number): LightIndices {
  const flat = flatShare(raw, step * 1e-3);
  const clipped = clippedShare(raw);
  const pulse = rootMeanSquare(band);
  return {
    flatShare: flat,
    clippedShare: clipped,
    skewness: skewness(band),
    perfusionPercent: perfusionPercent(band, raw),
    isUsable:
      pulse > SMALLEST_PULSE_STEPS * step &&
      pulse > LEAST_OVER_NOISE * noiseLevel(high) &&
      flat < MOST_FLAT &&
      clipped < MOST_CLIPPED,
  };
}

/** Indices of the channel with the strongest pulse skewness; `purity` comes from the spectrum of all. */
export function waveformQuality(
  channels: readonly LightIndices[],
  spectralPurity: number,
): WaveformQuality | null {
  const best = channels.toSorted((a, b) => Math.abs(b.skewness) - Math.abs(a.skewness))[0];
  if (best === undefined) return null;
  const { isUsable: _, ...indices } = best;
  return { ...indices, spectralPurity, channels: channels.length };
}

/** `axes`: three high-passed axes in g. */
export function motionLevel(axes: readonly Float64Array[]): MotionLevel | null {
  const length = axes[0]?.length ?? 0;
  if (length === 0) return null;
  let sum = 0;
  let peak = 0;
  for (let i = 0; i < length; i++) {
    let square = 0;
    for (const axis of axes) {
      const value = axis[i] as number;
      square += value * value;
    }
    sum += square;
    if (square > peak) peak = square;
  }
  return { rmsG: Math.sqrt(sum / length), peakG: Math.sqrt(peak) };
}
