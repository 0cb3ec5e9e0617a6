import type { PartHealth } from '../../platform/health.js';
import { GATEWAY_LIMITS } from '../gateway-limits.js';

/** @param oldestMs the last tick that every partition has worked through, or null before the first. */
export function progressHealth(part: string, oldestMs: number | null, nowMs: number): PartHealth {
  if (oldestMs === null) return { ok: false, message: `${part} has not reported yet` };
  if (oldestMs - nowMs > GATEWAY_LIMITS.progressStaleMs) {
    return { ok: false, message: `${part} has not reported since the clock was set back` };
  }
  const seconds = Math.max(0, Math.round((nowMs - oldestMs) / 1000));
  return nowMs - oldestMs < GATEWAY_LIMITS.progressStaleMs
    ? { ok: true, message: `${part} is ${seconds} s behind the clock` }
    : { ok: false, message: `${part} is ${seconds} s behind` };
}
