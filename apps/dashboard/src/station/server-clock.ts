import type { Clocks } from '../clocks.js';
import { THRESHOLDS } from '../thresholds.js';

/** An answer of the station that says what time it was there. Times on the page's monotonic clock, ms. */
interface Sample {
  /** From question to answer: the answer's time lies somewhere in it. */
  readonly tripMs: number;
  /** The station's time minus the page's, if question and answer took equally long. */
  readonly offsetMs: number;
}

/** The station's clock as this page knows it, by the last answers: the quickest of them is nearest to the truth. */
export interface ServerClock {
  readonly samples: readonly Sample[];
}

export const UNKNOWN_CLOCK: ServerClock = { samples: [] };

/** @param askedMs when it was asked that was answered with `serverMs` at `nowMs` */
export function answered(
  { samples }: ServerClock,
  serverMs: number,
  askedMs: number,
  nowMs: number,
): ServerClock {
  const sample = { tripMs: nowMs - askedMs, offsetMs: serverMs - (askedMs + nowMs) / 2 };
  const known = samples.every((other) => agree(other, sample)) ? samples : [];
  return { samples: [...known, sample].slice(-THRESHOLDS.clockSamples.value) };
}

/** Whether one clock can have said both: else the station's was set between them, and only the newer one holds. */
function agree(a: Sample, b: Sample): boolean {
  const apartMs = Math.abs(a.offsetMs - b.offsetMs);
  return apartMs <= (a.tripMs + b.tripMs) / 2 + THRESHOLDS.clockDrift.value;
}

/** The station's time now, ms since 1970; null before the first answer. */
export function serverNow({ samples }: ServerClock, monotonicMs: number): number | null {
  if (samples.length === 0) return null;
  return monotonicMs + samples.reduce((a, b) => (b.tripMs < a.tripMs ? b : a)).offsetMs;
}

/** How far this machine's clock is ahead of the station's (negative: behind), ms; null before the first answer. */
export function clientAheadMs(clock: ServerClock, now: Clocks): number | null {
  const server = serverNow(clock, now.monotonicMs);
  return server === null ? null : now.wallMs - server;
}
