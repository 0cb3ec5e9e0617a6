import { describe, expect, it } from '@jest/globals';
import type { WindowSignals } from '../feature-planes.js';
import { GRID_RATE_HZ, WINDOW_SAMPLES } from '../window-grid.js';
import { hidePart } from './hide-part.js';

const sine = (perMinute: number, phase = 0.3) =>
  Float64Array.from({ length: WINDOW_SAMPLES }, (_, i) =>
    Math.sin((2 * Math.PI * perMinute * i) / 60 / GRID_RATE_HZ + phase),
  );
const sum = (...parts: Float64Array[]) =>
  parts[0]!.map((_, i) => parts.reduce((total, part) => total + part[i]!, 0));
const power = (samples: Float64Array, from = 0, to = samples.length) =>
  samples.subarray(from, to).reduce((total, value) => total + value * value, 0) / (to - from);

const signals = (light: Float64Array, motion: Float64Array): WindowSignals => ({
  lightBand: [light, light],
  lightHigh: [light, light],
  motionBand: [motion, motion, motion],
  motionHigh: [motion, motion, motion],
});
const band = (signal: 'light' | 'acceleration', centrePerMinute: number) =>
  ({
    kind: 'band',
    signal,
    centrePerMinute,
    fromPerMinute: centrePerMinute - 8,
    toPerMinute: centrePerMinute + 8,
    around: [],
  }) satisfies Parameters<typeof hidePart>[1];

describe('hidePart', () => {
  it('takes a sine out of its band whole, wherever in the band it lies', () => {
    for (const rate of [65.3, 72, 78.9]) {
      const { lightBand } = hidePart(signals(sine(rate), sine(100)), band('light', 72));
      expect(power(lightBand[0]!)).toBeLessThan(1e-4);
    }
  });

  it('leaves what swings at other rates', () => {
    const both = sum(sine(72), sine(110));
    const { lightBand, lightHigh, motionBand } = hidePart(
      signals(both, sine(72)),
      band('light', 72),
    );
    for (const left of [lightBand[1]!, lightHigh[0]!]) {
      expect(power(left)).toBeGreaterThan(0.75 * power(sine(110)));
      expect(power(left)).toBeLessThan(1.05 * power(sine(110)));
    }
    expect(motionBand[0]).toEqual(sine(72));
  });

  it('silences one second of one signal, without clicks at its ends', () => {
    const flat = new Float64Array(WINDOW_SAMPLES).fill(1);
    const part = { kind: 'slice', signal: 'acceleration', fromS: 3, toS: 4 } as const;
    const { lightBand, motionHigh } = hidePart(signals(flat, flat), part);
    expect(lightBand[0]).toEqual(flat);
    const [axis] = motionHigh;
    expect(power(axis!, 78, 97)).toBe(0);
    expect(power(axis!, 0, 72)).toBe(1);
    expect(power(axis!, 104)).toBe(1);
    const steps = axis!.slice(1).map((value, i) => Math.abs(value - axis![i]!));
    expect(Math.max(...steps)).toBeLessThanOrEqual(0.25);
  });

  it('hides all movement as if none had been measured', () => {
    const whole = signals(sine(72), sine(100));
    const hidden = hidePart(whole, { kind: 'movement' });
    expect(hidden).toEqual({ ...whole, motionBand: [], motionHigh: [] });
  });

  it('leaves the window that it was given as it is', () => {
    const whole = signals(sine(72), sine(100));
    const before = structuredClone(whole);
    hidePart(whole, band('light', 72));
    hidePart(whole, { kind: 'slice', signal: 'light', fromS: 0, toS: 1 });
    expect(whole).toEqual(before);
  });
});
