import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { RidgeResidual } from './ridge-residual.js';

/** Written by `fixtures/make_ridge_vectors.py` with NumPy. */
const vectors = JSON.parse(
  readFileSync(new URL('fixtures/ridge-vectors.json', import.meta.url), 'utf8'),
) as {
  maxLag: number;
  ridge: number;
  gain: number;
  references: number[][];
  signal: number[];
  residual: number[];
};

describe('RidgeResidual', () => {
  it('agrees with the normal equations solved by NumPy', () => {
    const { maxLag, ridge, gain, references, signal } = vectors;
    const regression = new RidgeResidual(signal.length, references.length, maxLag, ridge);
    regression.setReferences(
      references.map((row) => Float64Array.from(row)),
      gain,
    );
    const out = new Float64Array(signal.length);
    regression.residual(Float64Array.from(signal), out);
    vectors.residual.forEach((value, t) => expect(out[t]).toBeCloseTo(value, 8));
  });

  it('takes out a delayed copy of a reference and leaves the rest', () => {
    const length = 200;
    const reference = Float64Array.from({ length }, (_, t) =>
      Math.sin((2 * Math.PI * 13 * t) / length),
    );
    const rest = Float64Array.from({ length }, (_, t) => Math.sin((2 * Math.PI * 20 * t) / length));
    const signal = rest.map((v, t) => v + 3 * (reference[(t + length - 3) % length] as number));
    const regression = new RidgeResidual(length, 1, 4, 0.01);
    regression.setReferences([reference], 1);
    const out = new Float64Array(length);
    regression.residual(signal, out);
    out.forEach((value, t) => expect(Math.abs(value - (rest[t] as number))).toBeLessThan(0.01));
  });
});
