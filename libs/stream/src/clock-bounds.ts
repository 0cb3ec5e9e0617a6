import { PLACEMENT_RULES } from './placement-rules.js';

/** Between which offsets a device's clock and the station's lie: station time less device time, ms. */
export interface ClockBounds {
  /** Device's clock to which the bounds belong, ms since boot. Away from it they widen by what clocks drift. */
  atMs: number;
  lowerMs: number;
  upperMs: number;
}

/** The bounds at another time of the same boot: wider by the drift between. */
export function boundsAt({ atMs, lowerMs, upperMs }: ClockBounds, wantedMs: number): ClockBounds {
  const drifted = Math.abs(wantedMs - atMs) * PLACEMENT_RULES.drift;
  return { atMs: wantedMs, lowerMs: lowerMs - drifted, upperMs: upperMs + drifted };
}

/** What two observations of one clock say together. When they contradict, the clock has stopped or stepped: either may be. */
export function joined(a: ClockBounds, b: ClockBounds): ClockBounds {
  const lowerMs = Math.max(a.lowerMs, b.lowerMs);
  const upperMs = Math.min(a.upperMs, b.upperMs);
  if (lowerMs <= upperMs) return { atMs: a.atMs, lowerMs, upperMs };
  return {
    atMs: a.atMs,
    lowerMs: Math.min(a.lowerMs, b.lowerMs),
    upperMs: Math.max(a.upperMs, b.upperMs),
  };
}
