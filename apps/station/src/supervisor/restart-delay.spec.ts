import { describe, expect, it } from '@jest/globals';
import { RestartDelay } from './restart-delay.js';

describe('RestartDelay', () => {
  it('doubles up to 30 s and begins again after a healthy run', () => {
    const delay = new RestartDelay();
    const waits = Array.from({ length: 10 }, () => delay.next(100));
    expect(waits.slice(0, 4)).toEqual([250, 500, 1000, 2000]);
    expect(waits.at(-1)).toBe(30_000);
    expect(delay.next(120_000)).toBe(250);
  });
});
