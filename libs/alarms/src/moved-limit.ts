import type { LimitEvent } from '@app/contracts';
import { moveActivity } from './activity-level.js';
import type { PatientAlarms } from './alarm-state.js';
import { ACTIVITY_ENDS_MS } from './alarm-times.js';
import { limitInForce } from './limit-in-force.js';
import type { PartitionState } from './partition-state.js';

/** Tells when an activity begins or ceases to move the upper limit, or the moved limit itself was changed. */
export function tellMovedLimit(state: PatientAlarms, partition: PartitionState): LimitEvent | null {
  const limit = limitInForce('heart-rate-high', state, partition);
  const isMoved = limit?.because === 'walking' || limit?.because === 'running';
  const now = isMoved && limit.bpm !== null ? { bpm: limit.bpm, because: limit.because } : null;
  const before = state.movedLimit;
  if (before?.bpm === now?.bpm && before?.because === now?.because) return null;
  state.movedLimit = now;
  const atMs = partition.tickMs ?? 0;
  const because = limit?.because ?? 'ward';
  return {
    type: 'limit',
    id: `${state.patient}:limit:${because}:${limit?.bpm ?? 'off'}:${atMs}`,
    patient: state.patient,
    origin: state.origin,
    heartRateHighBpm: limit?.bpm ?? null,
    because,
    atMs,
  };
}

/** On a tick: what a silent device did before says nothing of now. */
export function ageActivity({ activity, latest }: PatientAlarms, clockMs: number): void {
  if (latest === null || clockMs - latest.clockMs > ACTIVITY_ENDS_MS)
    moveActivity(activity, 'rest', clockMs);
}
