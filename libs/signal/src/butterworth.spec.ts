import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { BiquadCascade, type BiquadSection } from './biquad-cascade.js';
import { butterworthBandPass, butterworthHighPass, butterworthLowPass } from './butterworth.js';

/** Written by `fixtures/make_filter_vectors.py` with SciPy. */
const vectors = JSON.parse(
  readFileSync(new URL('fixtures/filter-vectors.json', import.meta.url), 'utf8'),
) as {
  input: number[];
  filters: {
    kind: 'lowpass' | 'highpass' | 'bandpass';
    order: number;
    cornersHz: number[];
    sampleRateHz: number;
    output: number[];
    settledOutput: number[];
  }[];
};

function design(filter: (typeof vectors.filters)[number]): BiquadSection[] {
  const [first = NaN, second = NaN] = filter.cornersHz;
  switch (filter.kind) {
    case 'lowpass':
      return butterworthLowPass(filter.order, first, filter.sampleRateHz);
    case 'highpass':
      return butterworthHighPass(filter.order, first, filter.sampleRateHz);
    case 'bandpass':
      return butterworthBandPass(filter.order, first, second, filter.sampleRateHz);
  }
}

describe('Butterworth filters', () => {
  it.each(vectors.filters)('agree with SciPy: $kind $order $cornersHz at $sampleRateHz Hz', (f) => {
    const cold = new BiquadCascade(design(f));
    const settled = new BiquadCascade(design(f));
    settled.settle(vectors.input[0] as number);
    vectors.input.forEach((x, i) => {
      expect(Math.abs(cold.next(x) - (f.output[i] as number))).toBeLessThan(1e-6);
      expect(Math.abs(settled.next(x) - (f.settledOutput[i] as number))).toBeLessThan(1e-6);
    });
  });

  it('go on from a copied state', () => {
    const sections = butterworthBandPass(2, 0.4, 4, 25);
    const whole = new BiquadCascade(sections);
    const first = new BiquadCascade(sections);
    const second = new BiquadCascade(sections);
    vectors.input.forEach((x, i) => {
      const expected = whole.next(x);
      if (i < 100) first.next(x);
      else {
        if (i === 100) second.state.set(first.state);
        expect(second.next(x)).toBe(expected);
      }
    });
  });

  it('refuse corners outside the band', () => {
    expect(() => butterworthLowPass(4, 13, 25)).toThrow(RangeError);
    expect(() => butterworthHighPass(2, 0, 25)).toThrow(RangeError);
    expect(() => butterworthBandPass(2, 4, 0.4, 25)).toThrow(RangeError);
    expect(() => butterworthLowPass(0, 1, 25)).toThrow(RangeError);
  });
});
