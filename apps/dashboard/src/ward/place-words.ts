import type { PatientState } from '@app/contracts';
import type { Ward } from '../station/ward.js';

/** Where a patient lies and what the wall calls him: `3 · AB`; the label alone without a bed. */
export function placeWords(admission: { bed: string | null; label: string }): string {
  return admission.bed === null ? admission.label : `${admission.bed} · ${admission.label}`;
}

/** The same of a patient of the wall; the pseudonym of one who is not admitted. */
export function patientWords({ patient, admission }: PatientState): string {
  return admission === null ? patient : placeWords(admission);
}

/** The same by pseudonym; of a ward's own alarms (`ward:` and its id) the ward's name. */
export function whoseWords(ward: Ward | null, patient: string): string {
  if (ward !== null && isWardKey(patient)) return ward.title;
  const state = ward?.patients.get(patient);
  return state === undefined ? patient : patientWords(state);
}

/** A ward's own alarms carry `ward:` and its id in place of a patient. */
export function isWardKey(patient: string): boolean {
  return patient.startsWith('ward:');
}
