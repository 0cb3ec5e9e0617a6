import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { NETWORK_BELIEF, SPECTRAL_BELIEF } from './belief-settings.js';
import { FixedLag, LAG_WINDOWS } from './fixed-lag.js';
import { HeartRateBelief } from './heart-rate-belief.js';
import { bpmOfBin } from './heart-rate-bins.js';

/** Written by `fixtures/make_belief_vectors.py` with training's own filter. */
const vectors = JSON.parse(
  readFileSync(new URL('fixtures/belief-vectors.json', import.meta.url), 'utf8'),
) as {
  logits: number[][];
  network: { laggedBpm: number[] };
  spectral: { laggedBpm: number[] };
};
const windows = vectors.logits.map((row) => Float32Array.from(row));

/** Logits that favour one rate. */
const bump = (bpm: number) =>
  Float32Array.from({ length: 96 }, (_, i) => 8 * Math.exp(-0.5 * ((bpmOfBin(i) - bpm) / 4) ** 2));

function lagOver(logits: readonly (Float32Array | null)[], settings = NETWORK_BELIEF): FixedLag {
  const belief = new HeartRateBelief(settings);
  const lag = new FixedLag(settings);
  for (const one of logits) {
    belief.update(one);
    lag.push(belief.save(), one);
  }
  return lag;
}

describe('FixedLag', () => {
  it.each([
    ['network', NETWORK_BELIEF, vectors.network.laggedBpm],
    ['spectral', SPECTRAL_BELIEF, vectors.spectral.laggedBpm],
  ] as const)('agrees with the smoother of training: %s', (_, settings, expected) => {
    for (let end = LAG_WINDOWS; end < windows.length; end++) {
      const estimate = lagOver(windows.slice(0, end + 1), settings).estimate();
      expect(Math.abs((estimate?.bpm ?? NaN) - (expected[end - LAG_WINDOWS] ?? NaN))).toBeLessThan(
        0.01,
      );
    }
  });

  it('says nothing before four windows have followed', () => {
    expect(lagOver(windows.slice(0, LAG_WINDOWS)).estimate()).toBeNull();
    expect(lagOver(windows.slice(0, LAG_WINDOWS + 1)).estimate()).not.toBeNull();
    expect(lagOver([null, null, null, null, null]).estimate()).toBeNull();
  });

  it('takes back what the next windows contradict', () => {
    const stray = bump(120);
    const alone = new HeartRateBelief(NETWORK_BELIEF);
    alone.update(stray);
    expect(alone.estimate()?.bpm).toBeCloseTo(120, -1);
    const followed = [stray, ...Array.from({ length: 4 }, () => bump(80))];
    expect(lagOver(followed).estimate()?.bpm).toBeLessThan(100);
  });

  it('bridges windows that say nothing', () => {
    const lag = lagOver([...Array.from({ length: 6 }, () => bump(80)), null, null, bump(80)]);
    expect(lag.estimate()?.bpm).toBeCloseTo(80, 0);
  });

  it('goes on from a snapshot as if nothing had happened', () => {
    const belief = new HeartRateBelief(NETWORK_BELIEF);
    const whole = new FixedLag(NETWORK_BELIEF);
    let part = new FixedLag(NETWORK_BELIEF);
    for (const [t, logits] of windows.entries()) {
      belief.update(logits);
      whole.push(belief.save(), logits);
      part.push(belief.save(), logits);
      if (t !== 6) continue;
      const restored = new FixedLag(NETWORK_BELIEF);
      restored.restore(structuredClone(part.save()));
      part = restored;
    }
    expect(part.estimate()).toEqual(whole.estimate());
  });
});
