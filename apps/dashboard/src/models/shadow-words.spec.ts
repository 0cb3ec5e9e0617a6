import { describe, expect, it } from '@jest/globals';
import type { ShadowComparison } from '@app/contracts';
import { shadowFacts } from './shadow-words.js';

const COMPARISON: ShadowComparison = {
  windows: 2000,
  agree: 1500,
  differ: 300,
  liveOnly: 100,
  shadowOnly: 60,
  neither: 40,
  meanDifferenceBpm: 2.34,
};

describe('shadowFacts', () => {
  it('are counts with their shares, and how far the heart rates lie apart', () => {
    expect(shadowFacts(COMPARISON, 'heartRate')).toEqual([
      ['Windows that both saw', '2,000'],
      ['Agree, within 5 BPM or 10 %', '1,500 (75 %)'],
      ['Differ by more', '300 (15 %)'],
      ['Only the model in force answers', '100 (5 %)'],
      ['Only the shadow answers', '60 (3 %)'],
      ['Neither answers', '40 (2 %)'],
      ['Mean difference, every window', '2.3 BPM'],
    ]);
  });

  it('of another task have answers instead of rates', () => {
    const terms = shadowFacts({ ...COMPARISON, meanDifferenceBpm: null }, 'activity')?.map(
      ([term]) => term,
    );
    expect(terms).toContain('Same answer');
    expect(terms).toContain('Different answers');
    expect(terms?.some((term) => term.startsWith('Mean difference'))).toBe(false);
  });

  it('of falls are those that either suspects', () => {
    const falls = { ...COMPARISON, windows: 1700, differ: 0, meanDifferenceBpm: null };
    expect(shadowFacts(falls, 'fall')).toEqual([
      ['Windows with an impact', '1,700'],
      ['Both suspect a fall', '1,500 (88 %)'],
      ['Only the model in force does', '100 (6 %)'],
      ['Only the shadow does', '60 (4 %)'],
      ['Neither does', '40 (2 %)'],
    ]);
  });

  it('are none before the first window', () => {
    const nothing = { windows: 0, agree: 0, differ: 0, liveOnly: 0, shadowOnly: 0, neither: 0 };
    expect(shadowFacts({ ...nothing, meanDifferenceBpm: null }, 'heartRate')).toBeNull();
  });
});
