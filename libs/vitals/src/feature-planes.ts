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
/**
 * Acceleration per axis, g RMS, up to which it is not regressed out. Movement as small as this hardly shows in the light, but
 * the heart itself shakes a resting wrist by a few thousandths of a g (ballistocardiogram): regressing that out takes the
 * pulse away and leaves its double.
 */
const STILL_AXIS_G = 0.02;

const frequenciesHz = Array.from({ length: BIN_COUNT }, (_, bin) => bpmOfBin(bin) / 60);
const highestHz = 2 * (frequenciesHz.at(-1) as number);
const spectrum = new PaddedSpectrum(WINDOW_SAMPLES, FFT_SIZE, GRID_RATE_HZ, highestHz);
const atRate = spectrum.positionsOf(frequenciesHz);
const atDouble = spectrum.positionsOf(frequenciesHz.map((hz) => 2 * hz));
const atHalf = spectrum.positionsOf(frequenciesHz.map((hz) => hz / 2));
const ridge = new RidgeResidual(WINDOW_SAMPLES, AXES, MAX_LAG, RIDGE);
const silence = new Float64Array(WINDOW_SAMPLES);

/** One call works at a time, so all share the room for what is between signals and features. */
const planes = {
  light: new Float64Array(BIN_COUNT),
  /** First the product over the channels, then their geometric mean. */
  geometric: new Float64Array(BIN_COUNT),
  residual: new Float64Array(BIN_COUNT),
  harmonic: new Float64Array(BIN_COUNT),
  motion: new Float64Array(BIN_COUNT),
  motionDouble: new Float64Array(BIN_COUNT),
  motionHalf: new Float64Array(BIN_COUNT),
};
/** Signals made from the window's own, rows of `WINDOW_SAMPLES`. */
const rows: Float64Array[] = [];

/**
 * Seven planes over the 96 rates f, each divided by its own root mean square and then compressed to log(1 + 2x):
 * light at f (mean over channels), light at f (geometric mean), light at f with motion regressed out (mean; the light
 * itself while the wrist is still),
 * light at 2f (mean), and acceleration at f, 2f and f / 2 (root sum of squares over the axes, so that turning the
 * device changes nothing). No absolute level enters: neither brightness nor strength of motion.
 */
export function featurePlanes({
  lightBand,
  lightHigh,
  motionBand,
  motionHigh,
}: WindowSignals): Float32Array {
  const channels = lightBand.length;
  const { light, geometric, residual, harmonic, motion, motionDouble, motionHalf } = planes;
  const all = [light, geometric, residual, harmonic, motion, motionDouble, motionHalf];
  for (const plane of all) plane.fill(0);
  geometric.fill(1);

  for (let c = 0; c < channels; c++) {
    const band = standardise(lightBand[c] as Float64Array, row(c));
    const high = standardise(lightHigh[c] as Float64Array, row(channels));
    const [ofBand, ofHigh] = spectrum.transform(band, high);
    for (let i = 0; i < BIN_COUNT; i++) {
      const magnitude = Math.sqrt(powerAt(ofBand, atRate, i));
      light[i] = (light[i] as number) + magnitude;
      geometric[i] = (geometric[i] as number) * (magnitude + 1e-9);
    }
    addMagnitudes(ofHigh, atDouble, harmonic);
  }
  takeRoot(geometric, channels);

  // the remaining signals, two per transform
  const isMoving = regress(channels, motionBand);
  const count = isMoving ? channels : 0;
  for (let s = 0; s < count + motionHigh.length; s += 2) {
    const signalAt = (at: number) => (at < count ? row(at) : (motionHigh[at - count] ?? silence));
    const pair = spectrum.transform(signalAt(s), signalAt(s + 1));
    for (let of = 0; of < 2; of++) {
      const one = pair[of] as Spectrum;
      if (s + of < count) addMagnitudes(one, atRate, residual);
      else if (s + of < count + motionHigh.length) {
        addPowers(one, atRate, motion);
        addPowers(one, atDouble, motionDouble);
        addPowers(one, atHalf, motionHalf);
      }
    }
  }
  for (const plane of [motion, motionDouble, motionHalf]) takeRoot(plane, 2);
  if (!isMoving) residual.set(light);

  const features = new Float32Array(HEART_RATE_FEATURES);
  for (const [p, plane] of all.entries()) compress(plane, features, p * BIN_COUNT);
  return features;
}

/** Regresses motion out of the first rows, one per light channel; false when there is too little of it. */
function regress(channels: number, motionBand: readonly Float64Array[]): boolean {
  const level = Math.sqrt(
    motionBand.reduce((sum, axis) => sum + rootMeanSquare(axis) ** 2, 0) / AXES,
  );
  if (!(level > STILL_AXIS_G)) return false;
  ridge.setReferences(motionBand, 1 / level);
  for (let c = 0; c < channels; c++) ridge.residual(row(c), row(c));
  return true;
}

function row(index: number): Float64Array {
  return (rows[index] ??= new Float64Array(WINDOW_SAMPLES));
}

function addMagnitudes(one: Spectrum, positions: SpectrumPositions, plane: Float64Array): void {
  for (let i = 0; i < BIN_COUNT; i++) {
    plane[i] = (plane[i] as number) + Math.sqrt(powerAt(one, positions, i));
  }
}

function addPowers(one: Spectrum, positions: SpectrumPositions, plane: Float64Array): void {
  for (let i = 0; i < BIN_COUNT; i++) {
    plane[i] = (plane[i] as number) + powerAt(one, positions, i);
  }
}

function takeRoot(plane: Float64Array, degree: number): void {
  if (degree === 1) return;
  for (let i = 0; i < BIN_COUNT; i++) {
    const value = plane[i] as number;
    plane[i] = degree === 2 ? Math.sqrt(value) : value ** (1 / degree);
  }
}

/** Mean 0 and standard deviation 1; a constant signal becomes zero. */
function standardise(samples: Float64Array, out: Float64Array): Float64Array {
  const mean = meanOf(samples);
  for (let i = 0; i < out.length; i++) out[i] = (samples[i] as number) - mean;
  const deviation = rootMeanSquare(out);
  if (deviation > 0) for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) / deviation;
  return out;
}

function compress(plane: Float64Array, out: Float32Array, from: number): void {
  const level = rootMeanSquare(plane);
  for (let i = 0; i < BIN_COUNT; i++) {
    out[from + i] = level > 0 ? Math.log1p((2 * (plane[i] as number)) / level) : 0;
  }
}
