import { spectralPurity } from '@app/signal';
import { BIN_COUNT, bpmOfBin } from './heart-rate-bins.js';
import type { SpectralEvidence } from './prepared-window.js';

/**
 * What each feature plane says for a rate: light (mean, geometric mean, motion regressed out, at twice the rate), and
 * movement at the rate itself, which gives back what the regression took where pulse and movement coincide. Fitted on BAMI
 * and on computed resting pulses by `training/heart_rate/spectral.py`.
 */
const WEIGHTS = [0.22, 0.38, 2.91, -0.15, 0.55] as const;

/** Place of the motion-reduced spectrum among the feature planes. */
const RESIDUAL_PLANE = 2;
/** Bins to both sides that belong to a peak: a Hann line of 8 s falls to half its height within 7.5 BPM. */
const PEAK_REACH = 4;

/** What an estimator without a network concludes from the feature planes. */
export function spectralEvidence(features: Float32Array): SpectralEvidence {
  const logLikelihood = new Float32Array(BIN_COUNT);
  WEIGHTS.forEach((weight, plane) => {
    for (let i = 0; i < BIN_COUNT; i++) {
      logLikelihood[i] =
        (logLikelihood[i] as number) + weight * (features[plane * BIN_COUNT + i] as number);
    }
  });
  const residual = planeOf(features, RESIDUAL_PLANE);
  let peak = 0;
  for (let i = 1; i < BIN_COUNT; i++) {
    if ((residual[i] as number) > (residual[peak] as number)) peak = i;
  }
  return { logLikelihood, peakBpm: bpmOfBin(peak) };
}

/** Share of the power of the motion-reduced spectrum around its peak, 0 to 1. */
export function residualPurity(features: Float32Array): number {
  const magnitudes = planeOf(features, RESIDUAL_PLANE).map((value) => Math.expm1(value));
  return spectralPurity(magnitudes, PEAK_REACH);
}

function planeOf(features: Float32Array, plane: number): Float32Array {
  return features.subarray(plane * BIN_COUNT, (plane + 1) * BIN_COUNT);
}
