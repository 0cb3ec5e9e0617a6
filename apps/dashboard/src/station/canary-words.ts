import type { CanaryHealth } from '@app/contracts';
import { THRESHOLDS } from '../thresholds.js';
import { age, duration } from '../words.js';

export interface CanaryWords {
  text: string;
  /** It should have come through by now: the whole way from a wearable to this screen is in doubt. */
  missing: boolean;
}

/**
 * `Test signal 24 s ago, p99 420 ms`: when a signal last came all the way from a wearable to every screen.
 * @param sinceMs since when this screen knows of the canary, for one that has never come, station's clock, ms
 * @returns null where the station has none, or nothing is known of its clock
 */
export function canaryWords(
  canary: CanaryHealth | null,
  serverMs: number | null,
  sinceMs: number | null,
): CanaryWords | null {
  if (canary === null || serverMs === null) return null;
  const { lastMs, latencyP99Ms } = canary;
  const awayMs = Math.max(0, serverMs - (lastMs ?? sinceMs ?? serverMs));
  const missing = awayMs > THRESHOLDS.canaryWithin.value;
  if (lastMs === null) {
    return missing
      ? { text: `Test signal missing: none for ${duration(awayMs)}`, missing }
      : { text: 'Waiting for the first test signal', missing };
  }
  if (missing) return { text: `Test signal missing for ${duration(awayMs)}`, missing };
  const latency = latencyP99Ms === null ? '' : `, p99 ${Math.round(latencyP99Ms)} ms`;
  return { text: `Test signal ${age(awayMs)}${latency}`, missing };
}
