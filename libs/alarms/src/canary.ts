import { CANARY, CANARY_WINDOWS, type CanaryEvent, type VitalSigns } from '@app/contracts';

/** What becomes of a result of the canary: one event a minute, by the number of its window, and never an alarm. */
export function canaryEvent(
  { lane, window, bootId, origin, heartRate, endMs }: VitalSigns,
  tickMs: number | null,
): CanaryEvent | null {
  if (lane !== 'live' || window % CANARY_WINDOWS.every !== CANARY_WINDOWS.first) return null;
  return {
    type: 'canary',
    id: `${CANARY}:${bootId}:${window}`,
    patient: CANARY,
    origin,
    bpm: heartRate.bpm,
    windowEndMs: endMs,
    atMs: tickMs ?? endMs,
  };
}
