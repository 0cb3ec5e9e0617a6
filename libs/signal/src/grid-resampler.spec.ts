import { describe, expect, it } from '@jest/globals';
import { GridResampler } from './grid-resampler.js';

const sine = (hz: number) => (seconds: number) => Math.sin(2 * Math.PI * hz * seconds);

/** Pushes `seconds` of a signal in frames of one second and gathers the grid. */
function resample(
  resampler: GridResampler,
  rateHz: number,
  seconds: number,
  signal: (s: number) => number,
) {
  const grid = new Map<number, number>();
  const total = Math.floor(seconds * rateHz);
  for (let first = 0; first < total;) {
    const count = Math.min(Math.round(rateHz), total - first);
    const samples = Float64Array.from({ length: count }, (_, i) => signal((first + i) / rateHz));
    const out = resampler.push((first * 1e6) / rateHz, rateHz, [samples]);
    for (let i = 0; i < out.count; i++) grid.set(out.first + i, out.columns[0]?.[i] as number);
    first += count;
  }
  return grid;
}

describe('GridResampler', () => {
  it('passes samples that lie on the grid through unchanged', () => {
    const grid = resample(new GridResampler(1, 25), 25, 3, (s) => 10 * s);
    expect(grid.size).toBe(75);
    for (const [j, value] of grid) expect(value).toBeCloseTo(j * 0.4, 9);
  });

  it.each([20, 34.1, 50, 125, 128])('keeps a pulse of 1.5 Hz sampled at %d Hz', (rateHz) => {
    const grid = resample(new GridResampler(1, 25), rateHz, 8, sine(1.5));
    // delay of the low-pass (4th order, 8 Hz, bilinear), where there is one
    const delayS = rateHz > 25 ? 2.613 / (2 * rateHz * Math.tan((Math.PI * 8) / rateHz)) : 0;
    for (let j = 50; j < 195; j++) {
      expect(Math.abs((grid.get(j) as number) - sine(1.5)(j / 25 - delayS))).toBeLessThan(0.03);
    }
  });

  it('removes what would fold into the band', () => {
    const grid = resample(new GridResampler(1, 25), 125, 8, sine(23.5));
    expect(Math.max(...[...grid.values()].slice(25))).toBeLessThan(0.02);
  });

  it('interpolates by actual times when frames come late within tolerance', () => {
    const resampler = new GridResampler(1, 25);
    resampler.push(0, 25, [Float64Array.from({ length: 25 }, (_, i) => i)]);
    const { first, columns } = resampler.push(1_020_000, 25, [Float64Array.from([25.5, 26.5])]);
    expect(first).toBe(25);
    expect([...(columns[0] as Float64Array)]).toEqual([25, 26].map((v) => expect.closeTo(v, 9)));
  });

  it('drops samples that it already has', () => {
    const resampler = new GridResampler(1, 25);
    resampler.push(0, 25, [new Float64Array(25)]);
    const { count } = resampler.push(0, 25, [new Float64Array(25).fill(9)]);
    expect(count).toBe(0);
  });

  it('settles after an interruption instead of ringing', () => {
    const resampler = new GridResampler(1, 25);
    resampler.push(0, 125, [new Float64Array(125)]);
    resampler.interrupt();
    const { first, columns } = resampler.push(5_000_000, 125, [new Float64Array(125).fill(500)]);
    expect(first).toBe(125);
    for (const value of columns[0] as Float64Array) expect(value).toBeCloseTo(500, 6);
  });

  it('goes on from a snapshot as if nothing had happened', () => {
    const whole = new GridResampler(1, 25);
    const before = new GridResampler(1, 25);
    const samples = Float64Array.from({ length: 50 }, (_, i) => Math.sin(i));
    whole.push(0, 50, [samples]);
    before.push(0, 50, [samples]);
    const after = new GridResampler(1, 25);
    after.restore(structuredClone(before.save()));
    expect(after.push(1e6, 50, [samples])).toEqual(whole.push(1e6, 50, [samples]));
  });
});
