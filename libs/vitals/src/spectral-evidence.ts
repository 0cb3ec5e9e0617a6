import { spectralPurity } from '@app/signal';
import { BIN_COUNT, bpmOfBin } from './heart-rate-bins.js';
import type { SpectralEvidence } from './prepared-window.js';

/** Place of the motion-reduced spectrum among the feature planes. */
const RESIDUAL_PLANE = 2;
/** How far a spectral line counts as its peak: the half width of a Hann line of 8 s at half its height is 7.5 BPM. */
const PEAK_REACH = 4;
/** Sharpness of the likelihood; chosen on BAMI. */
const SHARPNESS = 2;

/** What an estimator without a network concludes from the feature planes. */
export function spectralEvidence(features: Float32Array): SpectralEvidence {
  const plane = features.subarray(RESIDUAL_PLANE * BIN_COUNT, (RESIDUAL_PLANE + 1) * BIN_COUNT);
  let peak = 0;
  const logLikelihood = new Float32Array(BIN_COUNT);
  for (let i = 0; i < BIN_COUNT; i++) {
    if ((plane[i] as number) > (plane[peak] as number)) peak = i;
    logLikelihood[i] = SHARPNESS * (plane[i] as number);
  }
  return { logLikelihood, peakBpm: bpmOfBin(peak) };
}

/** Share of the power of the motion-reduced spectrum around its peak, 0 to 1. */
export function residualPurity(features: Float32Array): number {
  const plane = features.subarray(RESIDUAL_PLANE * BIN_COUNT, (RESIDUAL_PLANE + 1) * BIN_COUNT);
  return spectralPurity(
    plane.map((value) => Math.expm1(value)),
    PEAK_REACH,
  );
}
