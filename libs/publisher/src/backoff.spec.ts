import { describe, expect, it } from '@jest/globals';
import { Backoff } from './backoff.js';

describe('Backoff', () => {
  it('doubles up to its ceiling', () => {
    const backoff = new Backoff({ firstMs: 100, longestMs: 1000 }, () => 1);
    expect(Array.from({ length: 6 }, () => backoff.next())).toEqual([
      100, 200, 400, 800, 1000, 1000,
    ]);
    backoff.reset();
    expect(backoff.next()).toBe(100);
  });

  it('draws between half and all of a wait', () => {
    const backoff = new Backoff({ firstMs: 100, longestMs: 1000 }, () => 0);
    expect(backoff.next()).toBe(50);
    expect(backoff.next()).toBe(100);
  });

  it('stays at its ceiling after very many attempts', () => {
    const backoff = new Backoff({ firstMs: 100, longestMs: 1000 }, () => 1);
    for (let i = 0; i < 5000; i++) backoff.next();
    expect(backoff.next()).toBe(1000);
  });
});
