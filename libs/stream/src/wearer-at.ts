/** One stretch of a device's life on a patient: samples taken at `fromMs <= t < toMs`; null: still worn. */
export interface WornSpan {
  patient: string;
  fromMs: number;
  toMs: number | null;
}

/** Whose samples a frame holds. */
export type Placement =
  | { kind: 'patient'; patient: string }
  /** Nobody wore the device, for at least a part of the time in which the samples may have been taken. */
  | { kind: 'not-admitted' }
  /** The time is not known well enough to say who wore it. */
  | { kind: 'not-placed' };

const NOT_ADMITTED: Placement = { kind: 'not-admitted' };
const NOT_PLACED: Placement = { kind: 'not-placed' };

/**
 * Who wore a device for the whole of [fromMs, toMs], in which the samples were taken.
 * @param spans oldest first, never overlapping
 */
export function wearerAt(spans: readonly WornSpan[], fromMs: number, toMs: number): Placement {
  let patient: string | null = null;
  /** From here on the spans looked at so far cover the time. */
  let coveredFromMs = toMs;
  for (let i = spans.length - 1; i >= 0; i--) {
    const span = spans[i]!;
    if (span.fromMs > toMs) continue;
    if (span.toMs !== null && span.toMs <= fromMs) break;
    if (patient !== null && span.patient !== patient) return NOT_PLACED;
    patient = span.patient;
    if (span.toMs === null || span.toMs >= coveredFromMs) coveredFromMs = span.fromMs;
    if (span.fromMs <= fromMs) break;
  }
  if (patient === null || coveredFromMs > fromMs) return NOT_ADMITTED;
  return { kind: 'patient', patient };
}
