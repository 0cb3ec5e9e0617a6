import type { Admission, AdmissionChange, PatientRecord } from '@app/contracts';
import type { Change } from './change.js';
import { type Actor, RegistryError } from './registry.js';
import { readPatients } from './read-patients.js';

export type Admitted = PatientRecord & { admission: Admission };

/** @throws RegistryError when there is no such patient. */
export async function requirePatient(change: Change, patient: string): Promise<PatientRecord> {
  const [found] = await readPatients(change.db, change.origin, { patient });
  if (found === undefined) throw new RegistryError('not-found', `there is no patient ${patient}`);
  return found;
}

/** @throws RegistryError when the patient is not admitted. */
export async function requireAdmitted(change: Change, patient: string): Promise<Admitted> {
  const found = await requirePatient(change, patient);
  if (found.admission === null) {
    throw new RegistryError('conflict', `${patient} is not admitted: admit ${patient} first`);
  }
  return { ...found, admission: found.admission };
}

/** Leaves the patient's complete state, as it is now, for the journal. @returns that state. */
export async function emitAdmission(
  change: Change,
  actor: Actor,
  patient: string,
  what: AdmissionChange,
): Promise<PatientRecord> {
  const record = await requirePatient(change, patient);
  await change.emit(patient, {
    type: 'admission',
    patient,
    origin: record.origin,
    change: what,
    admission: record.admission,
    by: actor.name,
    atMs: change.nowMs,
  });
  return record;
}
