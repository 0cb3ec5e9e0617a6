import { describe, expect, it } from '@jest/globals';
import { hannWindow, PaddedSpectrum, powerAt } from './padded-spectrum.js';

const LENGTH = 200;
const RATE_HZ = 25;
const window = hannWindow(LENGTH);

/** The transform's definition, at any frequency. */
function direct(samples: Float64Array, hz: number): number {
  let re = 0;
  let im = 0;
  for (let i = 0; i < LENGTH; i++) {
    const value = (window[i] as number) * (samples[i] as number);
    re += value * Math.cos((2 * Math.PI * hz * i) / RATE_HZ);
    im += value * Math.sin((2 * Math.PI * hz * i) / RATE_HZ);
  }
  return Math.hypot(re, im);
}

/** Something like a pulse, deterministic. */
const signal = (seed: number) =>
  Float64Array.from(
    { length: LENGTH },
    (_, i) =>
      Math.sin(0.31 * i + seed) + 0.4 * Math.sin(0.62 * i) + 0.5 * Math.sin(i * i * 0.37 * seed),
  );

describe('PaddedSpectrum', () => {
  it('agrees with the definition of the transform between bins, for both signals of a pair', () => {
    const spectrum = new PaddedSpectrum(LENGTH, 512, RATE_HZ, 7.4);
    const frequenciesHz = Array.from({ length: 200 }, (_, i) => 0.25 + (7.1 * i) / 199);
    const positions = spectrum.positionsOf(frequenciesHz);
    const signals = [signal(1), signal(2.3)] as const;
    const pair = spectrum.transform(...signals);
    signals.forEach((samples, s) => {
      const exact = frequenciesHz.map((hz) => direct(samples, hz));
      const level = Math.sqrt(exact.reduce((sum, v) => sum + v * v, 0) / exact.length);
      exact.forEach((value, i) => {
        const read = Math.sqrt(powerAt(pair[s] as (typeof pair)[0], positions, i));
        expect(Math.abs(read - value) / level).toBeLessThan(0.03);
      });
    });
  });

  it('refuses frequencies that it does not compute, and a transform shorter than the signal', () => {
    const spectrum = new PaddedSpectrum(LENGTH, 512, RATE_HZ, 4);
    expect(() => spectrum.positionsOf([5])).toThrow(RangeError);
    expect(() => spectrum.positionsOf([0])).toThrow(RangeError);
    expect(() => new PaddedSpectrum(LENGTH, 128, RATE_HZ, 4)).toThrow(RangeError);
  });
});
