import { describe, expect, it } from '@jest/globals';
import { cadencePerMinute } from './cadence.js';

function signal(samples: number, at: (second: number) => number): Float32Array {
  return Float32Array.from({ length: samples }, (_, i) => at(i / 25));
}

const wave = (perMinute: number, second: number) =>
  Math.sin((2 * Math.PI * perMinute * second) / 60 + 1);

describe('cadence', () => {
  it.each([82, 97, 110, 123.4, 136])('finds %d steps per minute of walking', (rate) => {
    const steps = signal(200, (s) => 0.2 * wave(rate, s) + 0.1 * wave(2 * rate, s));
    expect(cadencePerMinute(steps, 'walking')).toBeCloseTo(rate, -0.3);
    expect(Math.abs(cadencePerMinute(steps, 'walking')! - rate)).toBeLessThan(1);
  });

  it('is not misled by an arm that swings at half the step rate, nor by strong heel strikes at its double', () => {
    const swinging = signal(
      200,
      (s) => 0.1 * wave(104, s) + 0.15 * wave(52, s) + 0.04 * wave(208, s),
    );
    expect(Math.abs(cadencePerMinute(swinging, 'walking')! - 104)).toBeLessThan(2);
    const striking = signal(
      200,
      (s) => 0.1 * wave(100, s) + 0.13 * wave(200, s) + 0.05 * wave(300, s),
    );
    expect(Math.abs(cadencePerMinute(striking, 'walking')! - 100)).toBeLessThan(2);
  });

  it.each([140, 155, 176])('finds %d steps per minute of running', (rate) => {
    const steps = signal(200, (s) => 0.8 * wave(rate, s) + 0.4 * wave(rate / 2, s));
    expect(Math.abs(cadencePerMinute(steps, 'running')! - rate)).toBeLessThan(1);
  });

  it('reads 5 s when there are no 8 s, and nothing from less', () => {
    const steps = signal(125, (s) => 0.2 * wave(110, s));
    expect(Math.abs(cadencePerMinute(steps, 'walking')! - 110)).toBeLessThan(2);
    expect(cadencePerMinute(steps.subarray(1), 'walking')).toBeNull();
  });

  it('reads only the newest 8 s', () => {
    const changed = signal(400, (s) => 0.2 * wave(s < 8 ? 80 : 120, s));
    expect(Math.abs(cadencePerMinute(changed, 'walking')! - 120)).toBeLessThan(1);
  });

  it('says nothing of a constant, of a rate outside the range, and of samples that are missing', () => {
    expect(
      cadencePerMinute(
        signal(200, () => 0.1),
        'walking',
      ),
    ).toBeNull();
    expect(
      cadencePerMinute(
        signal(200, (s) => 0.3 * wave(205, s)),
        'running',
      ),
    ).toBeNull();
    expect(
      cadencePerMinute(
        signal(200, (s) => (s > 3 ? NaN : wave(110, s))),
        'walking',
      ),
    ).toBeNull();
  });
});
