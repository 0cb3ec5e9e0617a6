import type { WindowSpectra } from '@app/contracts';
import { BIN_COUNT } from '../heart-rate-bins.js';
import type { HeartRateInput } from '../prepared-window.js';

/** Places of the spectra among the feature planes. */
const LIGHT = 0;
const RESIDUAL = 2;
const ACCELERATION = 4;

/** The spectra that the network saw, its compression undone: 1 is a spectrum's own root mean square. */
export function windowSpectra({ features, signals }: HeartRateInput): WindowSpectra {
  const plane = (index: number) =>
    Array.from(features.subarray(index * BIN_COUNT, (index + 1) * BIN_COUNT), (value) =>
      toHundredths(Math.expm1(value) / 2),
    );
  return {
    light: plane(LIGHT),
    residual: plane(RESIDUAL),
    acceleration: signals.motionHigh.length === 0 ? null : plane(ACCELERATION),
  };
}

function toHundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
