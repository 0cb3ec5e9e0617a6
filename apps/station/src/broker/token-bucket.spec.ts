import { describe, expect, it } from '@jest/globals';
import { TokenBucket } from './token-bucket.js';

describe('TokenBucket', () => {
  it('allows a burst, then its rate', () => {
    const bucket = new TokenBucket(5, 3, 0);
    for (let i = 0; i < 3; i++) {
      expect(bucket.waitMs(1, 0)).toBe(0);
      bucket.take(1, 0);
    }
    expect(bucket.waitMs(1, 0)).toBe(200);
    expect(bucket.waitMs(2, 100)).toBe(300);
    expect(bucket.waitMs(1, 200)).toBe(0);
  });

  it('gains no more than its burst, and nothing when time stands still or falls', () => {
    const bucket = new TokenBucket(5, 3, 1000);
    bucket.take(3, 1000);
    expect(bucket.waitMs(1, 0)).toBe(200);
    expect(bucket.waitMs(3, 100_000)).toBe(0);
    bucket.take(3, 100_000);
    expect(bucket.waitMs(1, 100_000)).toBe(200);
  });

  it('lets what exceeds the burst pass when it is full: nothing waits for ever', () => {
    const bucket = new TokenBucket(10, 5, 0);
    bucket.take(50, 0);
    expect(bucket.waitMs(50, 0)).toBe(500);
    expect(bucket.waitMs(50, 500)).toBe(0);
  });
});
