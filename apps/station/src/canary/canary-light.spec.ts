import { describe, expect, it } from '@jest/globals';
import { CANARY_BPM } from '@app/contracts';
import { CANARY_RATE_HZ, canarySecond } from './canary-light.js';

function seconds(from: number, count: number) {
  return Array.from({ length: count }, (_, i) => canarySecond(from + i));
}

describe('the light of the canary', () => {
  it('is the same for the same second, and another for another', () => {
    expect(canarySecond(7)).toEqual(canarySecond(7));
    expect(canarySecond(7)).not.toEqual(canarySecond(8));
  });

  it('is strongest at its rate', () => {
    const light = seconds(1_000_000, 40).flatMap(({ light: values }) => [...values]);
    const mean = light.reduce((sum, value) => sum + value, 0) / light.length;
    const strengthAt = (bpm: number) => {
      const turn = (2 * Math.PI * bpm) / 60 / CANARY_RATE_HZ;
      const [re, im] = [Math.cos, Math.sin].map((wave) =>
        light.reduce((sum, value, i) => sum + (value - mean) * wave(turn * i), 0),
      ) as [number, number];
      return Math.hypot(re, im);
    };
    const rates = Array.from({ length: 191 }, (_, i) => 30 + i);
    const strongest = rates.toSorted((a, b) => strengthAt(b) - strengthAt(a))[0];
    expect(strongest).toBe(CANARY_BPM.rate);
  });

  it('lies still, with gravity along one axis', () => {
    for (const { acceleration } of seconds(0, 10)) {
      const [x, y, z] = acceleration.map((values) => Math.max(...values.map(Math.abs)));
      expect([x! < 0.01, y! < 0.01, Math.abs(z! - 1) < 0.01]).toEqual([true, true, true]);
    }
  });
});
