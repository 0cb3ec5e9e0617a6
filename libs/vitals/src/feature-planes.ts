import {
  meanOf,
  PaddedSpectrum,
  powerAt,
  RidgeResidual,
  rootMeanSquare,
  type Spectrum,
  type SpectrumPositions,
} from '@app/signal';
import { BIN_COUNT, bpmOfBin, HEART_RATE_FEATURES } from './heart-rate-bins.js';
import { GRID_RATE_HZ, WINDOW_SAMPLES } from './window-grid.js';

/** Filtered samples of one window: 200 per channel or axis. */
export interface WindowSignals {
  /** Usable light channels, at least one: band-passed and high-passed. */
  lightBand: readonly Float64Array[];
  lightHigh: readonly Float64Array[];
  /** Three axes in g, or none when motion is unknown. */
  motionBand: readonly Float64Array[];
  motionHigh: readonly Float64Array[];
}

const FFT_SIZE = 512;
/** Regression of light on motion: lags of ±160 ms, and 0.02 of each reference's energy on the diagonal. */
const MAX_LAG = 4;
const RIDGE = 0.02 * WINDOW_SAMPLES;
const AXES = 3;

const frequenciesHz = Array.from({ length: BIN_COUNT }, (_, bin) => bpmOfBin(bin) / 60);
const highestHz = 2 * (frequenciesHz.at(-1) as number);
const spectrum = new PaddedSpectrum(WINDOW_SAMPLES, FFT_SIZE, GRID_RATE_HZ, highestHz);
const atRate = spectrum.positionsOf(frequenciesHz);
const atDouble = spectrum.positionsOf(frequenciesHz.map((hz) => 2 * hz));
const atHalf = spectrum.positionsOf(frequenciesHz.map((hz) => hz / 2));
const ridge = new RidgeResidual(WINDOW_SAMPLES, AXES, MAX_LAG, RIDGE);
const silence = new Float64Array(WINDOW_SAMPLES);

/**
 * Seven planes over the 96 rates f, each divided by its own root mean square and then compressed to log(1 + 2x):
 * light at f (mean over channels), light at f (geometric mean), light at f with motion regressed out (mean),
 * light at 2f (mean), and acceleration at f, 2f and f / 2 (root sum of squares over the axes, so that turning the
 * device changes nothing). No absolute level enters: neither brightness nor strength of motion.
 */
export function featurePlanes(signals: WindowSignals): Float32Array {
  const light = new Float64Array(BIN_COUNT);
  const logLight = new Float64Array(BIN_COUNT);
  const harmonic = new Float64Array(BIN_COUNT);
  const standardised = signals.lightBand.map(standardise);
  standardised.forEach((band, c) => {
    const high = standardise(signals.lightHigh[c] as Float64Array);
    const [ofBand, ofHigh] = spectrum.transform(band, high);
    for (let i = 0; i < BIN_COUNT; i++) {
      const magnitude = Math.sqrt(powerAt(ofBand, atRate, i));
      light[i] = (light[i] as number) + magnitude;
      logLight[i] = (logLight[i] as number) + Math.log(magnitude + 1e-9);
      harmonic[i] = (harmonic[i] as number) + Math.sqrt(powerAt(ofHigh, atDouble, i));
    }
  });
  const geometric = logLight.map((sum) => Math.exp(sum / standardised.length));
  const residual = residualPlane(standardised, signals.motionBand) ?? light;

  const features = new Float32Array(HEART_RATE_FEATURES);
  [light, geometric, residual, harmonic, ...motionPlanes(signals.motionHigh)].forEach((plane, p) =>
    compress(plane, features.subarray(p * BIN_COUNT, (p + 1) * BIN_COUNT)),
  );
  return features;
}

/** Spectrum of the light with motion regressed out, summed over channels; null without motion. */
function residualPlane(
  light: readonly Float64Array[],
  motionBand: readonly Float64Array[],
): Float64Array | null {
  const level = Math.sqrt(
    motionBand.reduce((sum, axis) => sum + rootMeanSquare(axis) ** 2, 0) / AXES,
  );
  if (!(level > 0)) return null;
  ridge.setReferences(motionBand, 1 / level);
  const residuals = light.map((band) => {
    const out = new Float64Array(WINDOW_SAMPLES);
    ridge.residual(band, out);
    return out;
  });
  const plane = new Float64Array(BIN_COUNT);
  forEachSpectrum(residuals, (one) => {
    for (let i = 0; i < BIN_COUNT; i++) {
      plane[i] = (plane[i] as number) + Math.sqrt(powerAt(one, atRate, i));
    }
  });
  return plane;
}

/** Acceleration at f, 2f and f / 2. */
function motionPlanes(motionHigh: readonly Float64Array[]): Float64Array[] {
  const positions: SpectrumPositions[] = [atRate, atDouble, atHalf];
  const planes = positions.map(() => new Float64Array(BIN_COUNT));
  forEachSpectrum(motionHigh, (one) =>
    planes.forEach((plane, p) => {
      const at = positions[p] as SpectrumPositions;
      for (let i = 0; i < BIN_COUNT; i++) plane[i] = (plane[i] as number) + powerAt(one, at, i);
    }),
  );
  return planes.map((plane) => plane.map(Math.sqrt));
}

function forEachSpectrum(signals: readonly Float64Array[], visit: (one: Spectrum) => void): void {
  for (let s = 0; s < signals.length; s += 2) {
    const second = signals[s + 1];
    const pair = spectrum.transform(signals[s] as Float64Array, second ?? silence);
    visit(pair[0]);
    if (second !== undefined) visit(pair[1]);
  }
}

function standardise(samples: Float64Array): Float64Array {
  const mean = meanOf(samples);
  const out = new Float64Array(samples.length);
  for (let i = 0; i < out.length; i++) out[i] = (samples[i] as number) - mean;
  const deviation = rootMeanSquare(out);
  if (deviation > 0) for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) / deviation;
  return out;
}

function compress(plane: Float64Array, out: Float32Array): void {
  const level = rootMeanSquare(plane);
  for (let i = 0; i < BIN_COUNT; i++) {
    out[i] = level > 0 ? Math.log1p((2 * (plane[i] as number)) / level) : 0;
  }
}
