import type { SampleBlock } from '@app/contracts';
import { PaddedSpectrum, powerAt } from '@app/signal';
import { type ReferenceCurve, referenceAt } from './reference-curve.js';

const RATE_HZ = 25;
const WINDOW_S = 8;
const HOP_S = 2;
const [LEAST_BPM, MOST_BPM] = [30, 220];
const FFT_SIZE = 512;
const HIGHEST_HZ = 4;

/** How far from the reference a line may stand, BPM, and how high it must be: so many times the spectrum's median. */
export const PULSE_LINE = { withinBpm: 5, timesMedian: 2 } as const;

/**
 * Whether the pulse can be seen in each window of the raw light, by whoever knows where to look: in one channel at least the
 * spectrum of [2k, 2k + 8) s has twice its median amplitude within ±5 BPM of the reference. Says nothing of whether it can be
 * told from movement; knows nothing of the program's own features, quality or abstention.
 */
export function pulseLines(block: SampleBlock, curve: ReferenceCurve): boolean[] {
  const channels = block.channels.map(({ samples }) => onGrid(samples, block.sampleRateHz));
  const spectrum = new PaddedSpectrum(WINDOW_S * RATE_HZ, FFT_SIZE, RATE_HZ, HIGHEST_HZ);
  const rates = Array.from({ length: MOST_BPM - LEAST_BPM + 1 }, (_, i) => LEAST_BPM + i);
  const positions = spectrum.positionsOf(rates.map((bpm) => bpm / 60));
  const windows = Math.floor(((channels[0]?.length ?? 0) / RATE_HZ - WINDOW_S) / HOP_S) + 1;
  return Array.from({ length: Math.max(0, windows) }, (_, k) => {
    const first = HOP_S * k * RATE_HZ;
    const reference = referenceAt(curve, HOP_S * k + WINDOW_S / 2);
    return channels.some((channel) => {
      const samples = withoutTrend(channel.subarray(first, first + WINDOW_S * RATE_HZ));
      const [light] = spectrum.transform(samples, samples);
      return hasLine(
        Array.from(rates.keys(), (i) => Math.sqrt(powerAt(light, positions, i))),
        reference,
      );
    });
  });
}

function hasLine(amplitudes: readonly number[], referenceBpm: number): boolean {
  const median = amplitudes.toSorted((a, b) => a - b)[amplitudes.length >> 1]!;
  return amplitudes.some(
    (amplitude, i) =>
      Math.abs(LEAST_BPM + i - referenceBpm) <= PULSE_LINE.withinBpm &&
      amplitude >= PULSE_LINE.timesMedian * median &&
      amplitude > 0,
  );
}

/** Means of whole groups of samples; the public sets have 50 and 125 Hz. */
function onGrid(samples: Int32Array, sampleRateHz: number): Float64Array {
  const group = sampleRateHz / RATE_HZ;
  if (!Number.isInteger(group)) throw new Error(`${sampleRateHz} Hz is no multiple of ${RATE_HZ}`);
  return Float64Array.from({ length: Math.floor(samples.length / group) }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < group; j++) sum += samples[group * i + j]!;
    return sum / group;
  });
}

/** Less its straight line, which would fill the low end of the spectrum. */
function withoutTrend(samples: Float64Array): Float64Array {
  const middle = (samples.length - 1) / 2;
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  let [slope, scale] = [0, 0];
  samples.forEach((value, i) => {
    slope += (i - middle) * (value - mean);
    scale += (i - middle) ** 2;
  });
  return samples.map((value, i) => value - mean - (slope / scale) * (i - middle));
}
