import { describe, expect, it } from '@jest/globals';
import { prepareActivityInput } from './prepare-activity-input.js';

const N = 125;
type Axes = [Float64Array, Float64Array, Float64Array];

function axes(at: (second: number) => readonly [number, number, number]): Axes {
  const samples = Array.from({ length: N }, (_, i) => at(i / 25));
  const column = (axis: 0 | 1 | 2) => Float64Array.from(samples, (sample) => sample[axis]);
  return [column(0), column(1), column(2)];
}

/** A turn by `angle` about the axis (1, 2, 3). */
function turned([x, y, z]: Axes, angle: number): Axes {
  const k = [1, 2, 3].map((c) => c / Math.sqrt(14));
  const out = axes(() => [0, 0, 0]);
  for (let i = 0; i < N; i++) {
    const v = [x[i]!, y[i]!, z[i]!];
    const along = k[0]! * v[0]! + k[1]! * v[1]! + k[2]! * v[2]!;
    for (let c = 0; c < 3; c++) {
      const [d, e] = [(c + 1) % 3, (c + 2) % 3];
      const cross = k[d]! * v[e]! - k[e]! * v[d]!;
      out[c]![i] =
        v[c]! * Math.cos(angle) + cross * Math.sin(angle) + k[c]! * along * (1 - Math.cos(angle));
    }
  }
  return out;
}

const swing = (second: number) =>
  [
    0.2 * Math.sin(11 * second),
    0.1 * Math.cos(7 * second),
    1 + 0.3 * Math.sin(13 * second),
  ] as const;

/** Whole periods in 5 s, so that the mean is gravity alone. */
const wave = (second: number) => Math.sin(4 * Math.PI * second);

describe('input of the activity network', () => {
  it('splits acceleration into along gravity, across it and length', () => {
    const input = prepareActivityInput(...axes((s) => [0.3 * wave(s), 0, 1 + 0.5 * wave(s)]))!;
    for (const i of [0, 3, 40, 124]) {
      const w = wave(i / 25);
      expect(input[i]).toBeCloseTo(0.5 * w, 5);
      expect(input[N + i]).toBeCloseTo(Math.abs(0.3 * w), 5);
      expect(input[2 * N + i]).toBeCloseTo(Math.hypot(0.3 * w, 1 + 0.5 * w) - 1, 5);
    }
  });

  it.each([0.4, 1.5, Math.PI, 5])('is the same however the watch is turned (%d rad)', (angle) => {
    const straight = prepareActivityInput(...axes(swing))!;
    const other = prepareActivityInput(...turned(axes(swing), angle))!;
    straight.forEach((value, i) => expect(other[i]).toBeCloseTo(value, 5));
  });

  it('is the same on the other wrist (mirrored)', () => {
    const straight = prepareActivityInput(...axes(swing))!;
    const mirrored = prepareActivityInput(
      ...axes((s) => [-swing(s)[0], swing(s)[1], swing(s)[2]]),
    )!;
    straight.forEach((value, i) => expect(mirrored[i]).toBeCloseTo(value, 6));
  });

  it('refuses a missing sample and a signal without gravity', () => {
    const [x, y, z] = axes(swing);
    x[60] = NaN;
    expect(prepareActivityInput(x, y, z)).toBeNull();
    expect(
      prepareActivityInput(...axes((s) => [swing(s)[0], swing(s)[1], swing(s)[2] - 1])),
    ).toBeNull();
  });

  it('throws on another length', () => {
    const [x, y, z] = axes(swing);
    expect(() => prepareActivityInput(x.subarray(1), y, z)).toThrow(RangeError);
  });
});
