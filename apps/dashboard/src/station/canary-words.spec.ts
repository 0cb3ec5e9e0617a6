import { describe, expect, it } from '@jest/globals';
import { canaryWords } from './canary-words.js';

const NOW_MS = 1_000_000;
const health = (agoMs: number | null, latencyP99Ms: number | null = 419.6) => ({
  lastMs: agoMs === null ? null : NOW_MS - agoMs,
  latencyP99Ms,
});

describe('the canary on the wall', () => {
  it('says when it last came through, and how fast', () => {
    expect(canaryWords(health(24_000), NOW_MS, null)).toEqual({
      text: 'Test signal 24 s ago, p99 420 ms',
      missing: false,
    });
    expect(canaryWords(health(24_000, null), NOW_MS, null)?.text).toBe('Test signal 24 s ago');
  });

  it('is missing from 150 s on', () => {
    expect(canaryWords(health(150_000), NOW_MS, null)?.missing).toBe(false);
    expect(canaryWords(health(150_001), NOW_MS, null)).toEqual({
      text: 'Test signal missing for 2 min',
      missing: true,
    });
  });

  it('is waited for, but not for ever, when none ever came', () => {
    expect(canaryWords(health(null), NOW_MS, NOW_MS - 150_000)).toEqual({
      text: 'Waiting for the first test signal',
      missing: false,
    });
    expect(canaryWords(health(null), NOW_MS, NOW_MS - 150_001)).toEqual({
      text: 'Test signal missing: none for 2 min',
      missing: true,
    });
    expect(canaryWords(health(null), NOW_MS, null)?.missing).toBe(false);
  });

  it('is not spoken of where there is none', () => {
    expect(canaryWords(null, NOW_MS, 0)).toBeNull();
    expect(canaryWords(health(1000), null, null)).toBeNull();
  });

  it('is never of the future', () => {
    expect(canaryWords(health(-5000), NOW_MS, null)?.text).toBe('Test signal now, p99 420 ms');
  });
});
