import { describe, expect, it } from '@jest/globals';
import {
  clippedShare,
  flatShare,
  noiseLevel,
  perfusionPercent,
  rootMeanSquare,
  skewness,
  spectralPurity,
} from './waveform-indices.js';

const sine = Array.from({ length: 200 }, (_, i) => Math.sin(i * 0.377));

describe('waveform indices', () => {
  it('know a flat line from a pulse', () => {
    expect(flatShare(new Array(50).fill(7))).toBe(1);
    expect(flatShare(sine)).toBe(0);
    expect(flatShare([1, 1, 2, 2, 3])).toBe(0.5);
    expect(flatShare([5])).toBeNaN();
  });

  it('know a clipped wave from a whole one', () => {
    const clipped = sine.map((v) => Math.min(0.7, v));
    expect(clippedShare(clipped)).toBeGreaterThan(0.2);
    expect(clippedShare(sine)).toBeLessThan(0.02);
    expect(clippedShare(new Array(50).fill(7))).toBe(1);
  });

  it('measure skewness with its sign', () => {
    const peaky = sine.map((v) => Math.exp(2 * v));
    expect(skewness(peaky)).toBeGreaterThan(0.5);
    expect(skewness(peaky.map((v) => -v))).toBeCloseTo(-skewness(peaky), 10);
    expect(skewness([3, 3, 3])).toBe(0);
  });

  it('measure how much of a spectrum lies around its peak', () => {
    expect(spectralPurity([0, 0, 1, 0, 0, 0], 1)).toBe(1);
    expect(spectralPurity(new Array(100).fill(1), 2)).toBeCloseTo(0.03, 10);
    expect(spectralPurity([0, 0], 1)).toBe(0);
  });

  it('measure the noise in a signal, and find next to none in a slow one', () => {
    // a generator of Park and Miller: what it gives is as good as white
    let state = 7;
    const noise = Array.from({ length: 5000 }, () => {
      state = (state * 16_807) % 2_147_483_647;
      return state / 2_147_483_647 - 0.5;
    });
    expect(noiseLevel(noise) / rootMeanSquare(noise)).toBeCloseTo(1, 1);
    const slow = noise.map((value, i) => value + 10 * Math.sin(i * 0.05));
    expect(noiseLevel(slow) / noiseLevel(noise)).toBeCloseTo(1, 1);
    expect(noiseLevel(sine)).toBeLessThan(0.1 * rootMeanSquare(sine));
    expect(noiseLevel([3, 3, 3])).toBe(0);
    expect(noiseLevel([1, 2])).toBeNaN();
  });

  it('measure perfusion where there is a constant part', () => {
    const pulse = sine.map((v) => 5 * v);
    expect(
      perfusionPercent(
        pulse,
        pulse.map((v) => 1000 + v),
      ),
    ).toBeCloseTo(1, 1);
    expect(perfusionPercent(pulse, pulse)).toBeNull();
  });
});
