import { describe, expect, it } from '@jest/globals';
import { EventAllowance } from './event-allowance.js';

describe('EventAllowance', () => {
  it('allows a burst, then an even rate, and never saves up more than a burst', () => {
    const allowance = new EventAllowance(3, 2);
    const take = (times: number, nowMs: number) =>
      Array.from({ length: times }, () => allowance.take(nowMs)).filter(Boolean).length;
    expect(take(5, 0)).toBe(3);
    expect(take(5, 500)).toBe(1);
    expect(take(5, 60_000)).toBe(3);
    expect(take(1, 59_000)).toBe(0);
  });
});
