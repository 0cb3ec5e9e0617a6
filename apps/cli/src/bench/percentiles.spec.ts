import { describe, expect, it } from '@jest/globals';
import { percentilesOf } from './percentiles.js';

describe('percentilesOf', () => {
  it('takes the nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(percentilesOf(values)).toEqual({ count: 100, p50: 50, p95: 95, p99: 99, max: 100 });
    expect(percentilesOf([7])).toEqual({ count: 1, p50: 7, p95: 7, p99: 7, max: 7 });
  });

  it('gives no figure without a value', () => {
    expect(percentilesOf([])).toBeNull();
  });
});
