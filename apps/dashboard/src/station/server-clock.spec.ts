import { describe, expect, it } from '@jest/globals';
import { UNKNOWN_CLOCK, answered, clientAheadMs, serverNow } from './server-clock.js';

describe('the server clock', () => {
  it('is unknown before the first answer', () => {
    expect(serverNow(UNKNOWN_CLOCK, 5)).toBeNull();
    expect(clientAheadMs(UNKNOWN_CLOCK, { monotonicMs: 5, wallMs: 5 })).toBeNull();
  });

  it('goes on with the page between answers, which say how it was in the middle of their way', () => {
    expect(serverNow(answered(UNKNOWN_CLOCK, 1_000_000, 180, 220), 450)).toBe(1_000_250);
  });

  it('is not held back by a delayed answer, whichever way took so long', () => {
    const clock = answered(UNKNOWN_CLOCK, 1_000_000, 200, 200);
    expect(serverNow(answered(clock, 1_001_000, 1200, 9000), 9000)).toBe(1_008_800);
    expect(serverNow(answered(clock, 1_008_800, 1200, 9000), 9000)).toBe(1_008_800);
  });

  it.each([-3_600_000, -300, 300, 3_600_000])('follows at once when it is set by %d ms', (step) => {
    const clock = answered(UNKNOWN_CLOCK, 1_000_000, 0, 0);
    expect(serverNow(answered(clock, 1_001_000 + step, 980, 1020), 1020)).toBe(1_001_020 + step);
  });

  it('tells how far the screen is ahead', () => {
    const clock = answered(UNKNOWN_CLOCK, 1_000_000, 0, 0);
    expect(clientAheadMs(clock, { monotonicMs: 100, wallMs: 1_005_100 })).toBe(5000);
  });
});
