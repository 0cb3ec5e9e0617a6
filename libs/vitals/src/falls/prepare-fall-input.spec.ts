import { describe, expect, it } from '@jest/globals';
import { FALL_SAMPLES } from './fall-settings.js';
import { prepareFallInput } from './prepare-fall-input.js';

const N = FALL_SAMPLES;
type Vector = readonly [number, number, number];
type Axes = [Float64Array, Float64Array, Float64Array];

function axes(at: (second: number) => Vector): Axes {
  const samples = Array.from({ length: N }, (_, i) => at((i - 50) / 25));
  return [0, 1, 2].map((axis) => Float64Array.from(samples, (sample) => sample[axis]!)) as Axes;
}

/** Upright, a drop, a blow of 4 g, then lying on the side. */
function falling(second: number): Vector {
  if (second < -0.5) return [0, 0.02 * Math.sin(9 * second), 1];
  if (second < -0.08) return [0, 0, 0.3];
  if (second < 0.08) return [3, 2, 2];
  return [0.96, 0.28, 0];
}

/** A turn by `angle` about the axis (1, 2, 3). */
function turned([x, y, z]: Vector, angle: number): Vector {
  const k = [1, 2, 3].map((c) => c / Math.sqrt(14)) as [number, number, number];
  const along = (k[0] * x + k[1] * y + k[2] * z) * (1 - Math.cos(angle));
  const cross = [k[1] * z - k[2] * y, k[2] * x - k[0] * z, k[0] * y - k[1] * x];
  return [x, y, z].map(
    (value, c) => value * Math.cos(angle) + cross[c]! * Math.sin(angle) + k[c]! * along,
  ) as unknown as Vector;
}

const row = (input: Float32Array, r: number) => input.subarray(r * N, (r + 1) * N);

describe('input of the fall network', () => {
  it('holds length, part along gravity, part across it, fast part and turn of the wrist', () => {
    const input = prepareFallInput(...axes(falling))!;
    const [length, along, across, fast, turn] = [0, 1, 2, 3, 4].map((r) => row(input, r));
    expect(length![45]).toBeCloseTo(-0.7, 5);
    expect(length![50]).toBeCloseTo(Math.sqrt(17) - 1, 5);
    expect(along![50]).toBeCloseTo(2, 2);
    expect(across![50]).toBeCloseTo(Math.sqrt(13), 2);
    expect(fast![30]).toBeLessThan(0.03);
    expect(fast![50]).toBeGreaterThan(2);
    expect(fast![140]).toBeLessThan(0.05);
    expect(turn![30]).toBeCloseTo(1, 3);
    // lying: gravity is across what was up before
    expect(turn![140]).toBeCloseTo(0, 1);
    expect(across![140]).toBeCloseTo(1, 2);
  });

  it.each([0.4, 1.5, Math.PI, 5])('is the same however the watch is turned (%d rad)', (angle) => {
    const straight = prepareFallInput(...axes(falling))!;
    const other = prepareFallInput(...axes((s) => turned(falling(s), angle)))!;
    straight.forEach((value, i) => expect(other[i]).toBeCloseTo(value, 5));
  });

  it('is the same on the other wrist (mirrored)', () => {
    const straight = prepareFallInput(...axes(falling))!;
    const mirrored = prepareFallInput(
      ...axes((s) => {
        const [x, y, z] = falling(s);
        return [-x, y, z];
      }),
    )!;
    straight.forEach((value, i) => expect(mirrored[i]).toBeCloseTo(value, 6));
  });

  it('stays finite through free fall, which has no direction', () => {
    const input = prepareFallInput(...axes((s) => (s < -1 ? [0, 0, 1] : [0, 0, 0])))!;
    expect(input.every(Number.isFinite)).toBe(true);
    expect(row(input, 4)[120]).toBe(0);
  });

  it('refuses a missing sample and a signal without gravity', () => {
    const [x, y, z] = axes(falling);
    y[120] = NaN;
    expect(prepareFallInput(x, y, z)).toBeNull();
    expect(prepareFallInput(...axes(() => [0.01, 0, 0.02]))).toBeNull();
  });

  it('throws on another length', () => {
    const [x, y, z] = axes(falling);
    expect(() => prepareFallInput(x.subarray(1), y, z)).toThrow(RangeError);
  });
});
