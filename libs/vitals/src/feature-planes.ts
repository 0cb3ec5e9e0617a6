import {
  meanOf,
  PaddedSpectrum,
  readSpectrum,
  RidgeResidual,
  rootMeanSquare,
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

/** Zero-padding of the 200 samples. Measured against exact transforms: see `feature-planes.spec.ts`. */
export const FFT_SIZE = 512;

/** Regression of light on motion: lags of ±160 ms, and 0.02 of each reference's energy on the diagonal. */
const MAX_LAG = 4;
const RIDGE = 0.02 * WINDOW_SAMPLES;

const frequenciesHz = Array.from({ length: BIN_COUNT }, (_, bin) => bpmOfBin(bin) / 60);
const HIGHEST_HZ = 2 * (frequenciesHz.at(-1) as number);
const spectrum = new PaddedSpectrum(WINDOW_SAMPLES, FFT_SIZE, GRID_RATE_HZ, HIGHEST_HZ);
const atRate = spectrum.positionsOf(frequenciesHz);
const atDouble = spectrum.positionsOf(frequenciesHz.map((hz) => 2 * hz));
const atHalf = spectrum.positionsOf(frequenciesHz.map((hz) => hz / 2));
const ridge = new RidgeResidual(WINDOW_SAMPLES, 3, MAX_LAG, RIDGE);
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
    const [atF, atTwoF] = spectrum.magnitudes(
      band,
      standardise(signals.lightHigh[c] as Float64Array),
    );
    for (let i = 0; i < BIN_COUNT; i++) {
      const magnitude = readSpectrum(atF, atRate, i);
      light[i] = (light[i] as number) + magnitude;
      logLight[i] = (logLight[i] as number) + Math.log(magnitude + 1e-9);
      harmonic[i] = (harmonic[i] as number) + readSpectrum(atTwoF, atDouble, i);
    }
  });
  const geometric = logLight.map((sum) => Math.exp(sum / standardised.length));
  const motion = motionPlanes(signals.motionHigh);
  const residual = residualPlane(standardised, signals.motionBand) ?? light;

  const features = new Float32Array(HEART_RATE_FEATURES);
  [light, geometric, residual, harmonic, ...motion].forEach((plane, p) =>
    compress(plane, features.subarray(p * BIN_COUNT, (p + 1) * BIN_COUNT)),
  );
  return features;
}

/** Spectrum of the light with motion regressed out, summed over channels; null without motion. */
function residualPlane(
  light: readonly Float64Array[],
  motionBand: readonly Float64Array[],
): Float64Array | null {
  const level = Math.sqrt(motionBand.reduce((sum, axis) => sum + rootMeanSquare(axis) ** 2, 0) / 3);
  if (!(level > 0)) return null;
  ridge.setReferences(motionBand.map((axis) => axis.map((value) => value / level)));
  const residuals = light.map((band) => {
    const out = new Float64Array(WINDOW_SAMPLES);
    ridge.residual(band, out);
    return out;
  });
  const plane = new Float64Array(BIN_COUNT);
  for (let c = 0; c < residuals.length; c += 2) {
    const pair = spectrum.magnitudes(residuals[c] as Float64Array, residuals[c + 1] ?? silence);
    for (const magnitudes of pair) add(plane, magnitudes, atRate, 1);
  }
  return plane;
}

function motionPlanes(
  motionHigh: readonly Float64Array[],
): [Float64Array, Float64Array, Float64Array] {
  const planes: [Float64Array, Float64Array, Float64Array] = [
    new Float64Array(BIN_COUNT),
    new Float64Array(BIN_COUNT),
    new Float64Array(BIN_COUNT),
  ];
  for (let a = 0; a < motionHigh.length; a += 2) {
    const pair = spectrum.magnitudes(motionHigh[a] as Float64Array, motionHigh[a + 1] ?? silence);
    for (const magnitudes of pair) {
      [atRate, atDouble, atHalf].forEach((positions, p) =>
        add(planes[p as 0 | 1 | 2], magnitudes, positions, 2),
      );
    }
  }
  for (const plane of planes) plane.forEach((sum, i) => (plane[i] = Math.sqrt(sum)));
  return planes;
}

function add(
  plane: Float64Array,
  magnitudes: Float64Array,
  positions: SpectrumPositions,
  power: 1 | 2,
): void {
  for (let i = 0; i < BIN_COUNT; i++) {
    const magnitude = readSpectrum(magnitudes, positions, i);
    plane[i] = (plane[i] as number) + (power === 2 ? magnitude * magnitude : magnitude);
  }
}

function standardise(samples: Float64Array): Float64Array {
  const mean = meanOf(samples);
  const centred = samples.map((value) => value - mean);
  const deviation = rootMeanSquare(centred);
  return deviation > 0 ? centred.map((value) => value / deviation) : centred;
}

function compress(plane: Float64Array, out: Float32Array): void {
  const level = rootMeanSquare(plane);
  for (let i = 0; i < BIN_COUNT; i++) {
    out[i] = level > 0 ? Math.log1p((2 * (plane[i] as number)) / level) : 0;
  }
}
