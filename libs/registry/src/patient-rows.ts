import type { PatientLimits } from '@app/contracts';
import type { Change } from './change.js';
import type { Actor } from './registry.js';

/** Null: the patient is on the ward. */
export async function setOffWard(
  change: Change,
  patient: string,
  off: { off_reason: string | null; off_since_ms: number | null },
): Promise<void> {
  await change.db
    .updateTable('admissions')
    .set(off)
    .where('patient', '=', patient)
    .where('discharged_ms', 'is', null)
    .execute();
}

/** Also for the journal. */
export async function writeLimits(
  change: Change,
  actor: Actor,
  patient: string,
  limits: PatientLimits,
) {
  await change.db
    .updateTable('patients')
    .set({ limits: limits === null ? null : JSON.stringify(limits) })
    .where('patient', '=', patient)
    .execute();
  await change.emit(patient, {
    type: 'limits',
    patient,
    limits,
    by: actor.name,
    atMs: change.nowMs,
  });
}
