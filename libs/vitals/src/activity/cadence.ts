import { PaddedSpectrum, powerAt, type Spectrum, type SpectrumPositions } from '@app/signal';
import { ACTIVITY_RATE_HZ, ACTIVITY_SAMPLES } from './activity-classes.js';

/** Samples for a cadence: 8 s, or the 5 s of the first windows (less exact by about a third). */
export const CADENCE_SAMPLES = 200;

/** Step rates that are looked for, steps per minute. Walking at 6 km/h (124 to 139) overlaps with slow running. */
const WALKING = { lowest: 75, highest: 140 };
const RUNNING = { lowest: 130, highest: 190 };

/** A rhythm up to this much faster than the range is found and refused; else its side lobes inside would be taken. */
const BEYOND = 25;

/** Weights of the magnitudes at the step rate, its double, its triple and the stride rate (arm swing). */
const HARMONICS = [
  { factor: 1, weight: 1 },
  { factor: 2, weight: 1 / 2 },
  { factor: 3, weight: 1 / 3 },
  { factor: 1 / 2, weight: 0.3 },
] as const;

/** A best score below this multiple of the range's mean is no rhythm. */
const LEAST_PROMINENCE = 1.3;

const FFT_SIZE = 512;
/** Three times the fastest rate of a walk that is looked at. */
const HIGHEST_HZ = (3 * (WALKING.highest + BEYOND)) / 60;

class CadenceRange {
  private readonly rates: number[];
  private readonly highest: number;
  private readonly positions: { weight: number; at: SpectrumPositions }[];

  constructor(
    range: { lowest: number; highest: number },
    harmonics: readonly { factor: number; weight: number }[],
    spectrum: PaddedSpectrum,
  ) {
    this.highest = range.highest;
    this.rates = Array.from(
      { length: range.highest + BEYOND - range.lowest + 1 },
      (_, i) => range.lowest + i,
    );
    this.positions = harmonics.map(({ factor, weight }) => ({
      weight,
      at: spectrum.positionsOf(this.rates.map((rate) => (rate * factor) / 60)),
    }));
  }

  /** Steps per minute with the highest score, or null when it does not lie inside the range or hardly stands out. */
  best(spectrum: Spectrum): number | null {
    const scores = this.rates.map((_, i) =>
      this.positions.reduce(
        (sum, { weight, at }) => sum + weight * Math.sqrt(powerAt(spectrum, at, i)),
        0,
      ),
    );
    const top = scores.reduce((best, score, i) => (score > scores[best]! ? i : best), 0);
    if (top === 0 || this.rates[top]! >= this.highest) return null;
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    if (!(scores[top]! >= LEAST_PROMINENCE * mean)) return null;
    return this.rates[top]! + vertex(scores[top - 1]!, scores[top]!, scores[top + 1]!);
  }
}

/** Where a parabola through three equidistant values has its maximum, in steps from the middle one. */
function vertex(before: number, at: number, after: number): number {
  const curvature = before - 2 * at + after;
  return curvature < 0 ? (before - after) / (2 * curvature) : 0;
}

function plan(samples: number) {
  const spectrum = new PaddedSpectrum(samples, FFT_SIZE, ACTIVITY_RATE_HZ, HIGHEST_HZ);
  return {
    samples,
    spectrum,
    walking: new CadenceRange(WALKING, HARMONICS, spectrum),
    running: new CadenceRange(RUNNING, [HARMONICS[0]], spectrum),
  };
}

const LONG = plan(CADENCE_SAMPLES);
const SHORT = plan(ACTIVITY_SAMPLES);

/**
 * Step rate from the length of the acceleration, |a| - 1 g at 25 Hz, whose newest 8 s (or 5 s, when there are no more) are
 * read. Walking: the largest sum over the rate's harmonics, which an arm swinging at half the rate does not mislead.
 * Running: the plain peak. The activity picks the method and the range.
 *
 * @returns steps per minute, or null without a clear rhythm, with fewer than 5 s, or with a sample that is not finite
 */
export function cadencePerMinute(
  magnitude: Float32Array,
  activity: 'walking' | 'running',
): number | null {
  if (magnitude.length < SHORT.samples) return null;
  const { samples, spectrum, [activity]: range } = magnitude.length >= LONG.samples ? LONG : SHORT;
  const newest = magnitude.subarray(magnitude.length - samples);
  const mean = newest.reduce((sum, value) => sum + value, 0) / samples;
  if (!Number.isFinite(mean)) return null;
  const centred = newest.map((value) => value - mean);
  return range.best(spectrum.transform(centred, centred)[0]);
}
