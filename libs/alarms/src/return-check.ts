import type { Admission } from '@app/contracts';
import type { PatientAlarms, ReturnCheck } from './alarm-state.js';
import { RETURNED_AFTER_MS, VALUE_COUNTS_FOR_MS } from './alarm-times.js';

/** The check that belongs to an admission: none on the ward, a new one when the patient leaves it. */
export function returnCheckOf(
  { offWard }: Admission,
  before: ReturnCheck | null,
): ReturnCheck | null {
  if (offWard === null) return null;
  if (before?.offWardMs === offWard.sinceMs) return before;
  return { offWardMs: offWard.sinceMs, goodSinceMs: null, returned: false };
}

/** Takes in whether a result had a number. */
export function watchReturn(check: ReturnCheck | null, hasNumber: boolean, clockMs: number): void {
  if (check === null || check.returned) return;
  if (hasNumber) check.goodSinceMs ??= clockMs;
  else check.goodSinceMs = null;
}

/** On a tick: whether the patient has come back just now. Silence breaks a good signal. */
export function hasReturned({ returnCheck, latest }: PatientAlarms, clockMs: number): boolean {
  if (returnCheck === null || returnCheck.returned || returnCheck.goodSinceMs === null)
    return false;
  if (latest === null || clockMs - latest.clockMs > VALUE_COUNTS_FOR_MS) {
    returnCheck.goodSinceMs = null;
    return false;
  }
  if (clockMs - returnCheck.goodSinceMs < RETURNED_AFTER_MS) return false;
  returnCheck.returned = true;
  return true;
}
