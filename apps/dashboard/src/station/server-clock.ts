import type { Clocks } from '../clocks.js';
import { THRESHOLDS } from '../thresholds.js';

/**
 * The station's clock as this page knows it: for the last heartbeats, the station's time minus the page's monotonic
 * time at arrival, ms. A delayed heartbeat gives too small a difference, so the largest is nearest to the truth.
 */
export interface ServerClock {
  readonly offsetsMs: readonly number[];
}

export const UNKNOWN_CLOCK: ServerClock = { offsetsMs: [] };

export function heard(clock: ServerClock, serverMs: number, monotonicMs: number): ServerClock {
  const offsetsMs = [...clock.offsetsMs, serverMs - monotonicMs];
  return { offsetsMs: offsetsMs.slice(-THRESHOLDS.clockSamples.value) };
}

/** The station's time now, ms since 1970; null before the first heartbeat. */
export function serverNow(clock: ServerClock, monotonicMs: number): number | null {
  return clock.offsetsMs.length === 0 ? null : monotonicMs + Math.max(...clock.offsetsMs);
}

/** How far this machine's clock is ahead of the station's (negative: behind), ms; null before the first heartbeat. */
export function clientAheadMs(clock: ServerClock, now: Clocks): number | null {
  const server = serverNow(clock, now.monotonicMs);
  return server === null ? null : now.wallMs - server;
}
