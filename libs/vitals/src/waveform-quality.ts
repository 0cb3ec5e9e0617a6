import { clippedShare, flatShare, perfusionPercent, rootMeanSquare, skewness } from '@app/signal';
import type { MotionLevel, WaveformQuality } from './prepared-window.js';

/** One light channel of one window. */
export interface LightChannel {
  raw: Float64Array;
  band: Float64Array;
  high: Float64Array;
}

/** A pulse smaller than this many converter steps (root mean square) drowns in their rounding: a flat line. */
const SMALLEST_PULSE_STEPS = 0.5;
/** More than this share repeated or at the converter's end: not a signal. */
const MOST_FLAT = 0.5;
const MOST_CLIPPED = 0.5;

/** Whether a light channel can carry a pulse at all. `step`: one step of the converter. */
export function isUsable(channel: LightChannel, step: number): boolean {
  return (
    rootMeanSquare(channel.band) > SMALLEST_PULSE_STEPS * step &&
    flatShare(channel.raw, step * 1e-3) < MOST_FLAT &&
    clippedShare(channel.raw) < MOST_CLIPPED
  );
}

/** Indices of the channel with the strongest pulse skewness; `purity` comes from the spectrum of all. */
export function waveformQuality(
  channels: readonly LightChannel[],
  step: number,
  spectralPurity: number,
): WaveformQuality | null {
  const indices = channels.map((channel) => ({
    flatShare: flatShare(channel.raw, step * 1e-3),
    clippedShare: clippedShare(channel.raw),
    skewness: skewness(channel.band),
    perfusionPercent: perfusionPercent(channel.band, channel.raw),
  }));
  const best = indices.toSorted((a, b) => Math.abs(b.skewness) - Math.abs(a.skewness))[0];
  return best === undefined ? null : { ...best, spectralPurity, channels: channels.length };
}

/** `axes`: three high-passed axes in g. */
export function motionLevel(axes: readonly Float64Array[]): MotionLevel | null {
  const length = axes[0]?.length ?? 0;
  if (length === 0) return null;
  let sum = 0;
  let peak = 0;
  for (let i = 0; i < length; i++) {
    let square = 0;
    for (const axis of axes) square += (axis[i] as number) ** 2;
    sum += square;
    peak = Math.max(peak, square);
  }
  return { rmsG: Math.sqrt(sum / length), peakG: Math.sqrt(peak) };
}
