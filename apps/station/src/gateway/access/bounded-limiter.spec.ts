import { describe, expect, it } from '@jest/globals';
import { BoundedLimiter } from './bounded-limiter.js';

describe('BoundedLimiter', () => {
  it('remembers a bounded number of keys: the one heard of longest ago is forgotten', async () => {
    const limiter = new BoundedLimiter(1, 60, 3);
    for (const key of ['a', 'b', 'c']) expect((await limiter.take(key)).waitMs).toBe(0);
    expect((await limiter.take('a')).waitMs).toBeGreaterThan(0);
    expect((await limiter.take('d')).waitMs).toBe(0);
    // b had to go, a and c are still known
    expect((await limiter.take('a')).waitMs).toBeGreaterThan(0);
    expect((await limiter.take('c')).waitMs).toBeGreaterThan(0);
    expect((await limiter.take('b')).waitMs).toBe(0);
  });

  it('takes back a try that was none, and never gives more than there were', async () => {
    const limiter = new BoundedLimiter(2, 60, 10);
    await limiter.take('a');
    await limiter.giveBack('a');
    await limiter.giveBack('a');
    await limiter.giveBack('never tried');
    expect((await limiter.take('a')).waitMs).toBe(0);
    expect((await limiter.take('a')).waitMs).toBe(0);
    expect((await limiter.take('a')).waitMs).toBeGreaterThan(0);
  });

  it('counts tries that come at once one by one', async () => {
    const limiter = new BoundedLimiter(3, 60, 10);
    const all = await Promise.all(Array.from({ length: 10 }, () => limiter.take('a')));
    expect(all.filter(({ waitMs }) => waitMs === 0)).toHaveLength(3);
  });
});
