import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { NETWORK_BELIEF, SPECTRAL_BELIEF } from './belief-settings.js';
import { HeartRateBelief, type HeartRateEstimate } from './heart-rate-belief.js';

type Series = Record<keyof HeartRateEstimate, number[]>;

/** Written by `fixtures/make_belief_vectors.py` with training's own filter. */
const vectors = JSON.parse(
  readFileSync(new URL('fixtures/belief-vectors.json', import.meta.url), 'utf8'),
) as { logits: number[][]; network: Series; spectral: Series };

const windows = vectors.logits.map((row) => Float32Array.from(row));

describe('HeartRateBelief', () => {
  it.each([
    ['network', NETWORK_BELIEF, vectors.network],
    ['spectral', SPECTRAL_BELIEF, vectors.spectral],
  ] as const)('agrees with the filter that training looks through: %s', (_, settings, expected) => {
    const belief = new HeartRateBelief(settings);
    windows.forEach((logits, t) => {
      belief.update(logits);
      const estimate = belief.estimate();
      for (const key of ['bpm', 'deviationBpm', 'lowBpm', 'highBpm'] as const) {
        expect(Math.abs((estimate?.[key] ?? NaN) - (expected[key][t] ?? NaN))).toBeLessThan(0.01);
      }
    });
  });

  it('says nothing before the first evidence', () => {
    const belief = new HeartRateBelief(NETWORK_BELIEF);
    belief.update(null);
    expect(belief.estimate()).toBeNull();
  });

  it('widens without evidence and narrows with it', () => {
    const belief = new HeartRateBelief(NETWORK_BELIEF);
    for (const logits of windows) belief.update(logits);
    const narrow = belief.estimate()?.deviationBpm ?? NaN;
    for (let i = 0; i < 5; i++) belief.update(null);
    const wide = belief.estimate()?.deviationBpm ?? NaN;
    expect(wide).toBeGreaterThan(2 * narrow);
    belief.update(windows[0] as Float32Array);
    expect(belief.estimate()?.deviationBpm).toBeLessThan(wide);
  });

  it('goes on from a snapshot as if nothing had happened', () => {
    const whole = new HeartRateBelief(NETWORK_BELIEF);
    const first = new HeartRateBelief(NETWORK_BELIEF);
    const second = new HeartRateBelief(NETWORK_BELIEF);
    windows.forEach((logits, t) => {
      whole.update(logits);
      if (t < 6) first.update(logits);
      if (t === 6) second.restore(structuredClone(first.save()));
      if (t >= 6) second.update(logits);
    });
    expect(second.estimate()).toEqual(whole.estimate());
  });
});
