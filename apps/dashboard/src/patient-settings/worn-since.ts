export type WornSince =
  /** Null: from now on. */
  { ok: true; sinceMs: number | null } | { ok: false; problem: string };

/**
 * Since when a device is said to be worn.
 * @param text as a browser's field for date and time gives it, in the time of where the screen hangs; empty: now
 */
export function wornSince(text: string, nowMs: number, admittedMs: number): WornSince {
  if (text === '') return { ok: true, sinceMs: null };
  const sinceMs = Date.parse(text);
  if (Number.isNaN(sinceMs)) return { ok: false, problem: 'This is no time.' };
  if (sinceMs > nowMs) return { ok: false, problem: 'This time has not come yet.' };
  // The field knows minutes only: the minute of the admission is good enough.
  if (sinceMs + 60_000 <= admittedMs) {
    return { ok: false, problem: 'The patient was not admitted yet then.' };
  }
  return { ok: true, sinceMs: Math.max(sinceMs, admittedMs) };
}
