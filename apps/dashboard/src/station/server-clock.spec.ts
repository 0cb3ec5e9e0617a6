import { describe, expect, it } from '@jest/globals';
import { UNKNOWN_CLOCK, clientAheadMs, heard, serverNow } from './server-clock.js';

describe('the server clock', () => {
  it('is unknown before the first heartbeat', () => {
    expect(serverNow(UNKNOWN_CLOCK, 5)).toBeNull();
    expect(clientAheadMs(UNKNOWN_CLOCK, { monotonicMs: 5, wallMs: 5 })).toBeNull();
  });

  it('goes on with the page between heartbeats', () => {
    expect(serverNow(heard(UNKNOWN_CLOCK, 1_000_000, 200), 450)).toBe(1_000_250);
  });

  it('is not held back by a delayed heartbeat', () => {
    let clock = heard(UNKNOWN_CLOCK, 1_000_000, 200);
    clock = heard(clock, 1_001_000, 9000);
    expect(serverNow(clock, 9000)).toBe(1_008_800);
  });

  it('forgets a clock that was set back after ten heartbeats', () => {
    let clock = heard(UNKNOWN_CLOCK, 2_000_000, 0);
    for (let i = 1; i <= 10; i++) clock = heard(clock, 1_000_000 + i * 1000, i * 1000);
    expect(serverNow(clock, 10_000)).toBe(1_010_000);
  });

  it('tells how far the screen is ahead', () => {
    const clock = heard(UNKNOWN_CLOCK, 1_000_000, 0);
    expect(clientAheadMs(clock, { monotonicMs: 100, wallMs: 1_005_100 })).toBe(5000);
  });
});
