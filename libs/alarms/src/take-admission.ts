import type { Admission, AdmissionRecord } from '@app/contracts';
import { type PatientAlarms, newPatientAlarms } from './alarm-state.js';
import { VALUE_COUNTS_FOR_MS } from './alarm-times.js';
import { returnCheckOf } from './return-check.js';
import { isWorn } from './take-vital.js';

/** Remembers where the patient is and what is worn. Idempotent: records carry everything. */
export function takeAdmission(
  state: PatientAlarms,
  { admission, atMs, origin }: AdmissionRecord & { admission: Admission },
  clockMs: number,
): void {
  const dutyBefore = state.admission === null ? '' : dutyOf(state.admission);
  state.status = 'admitted';
  state.admission = admission;
  state.admissionMs = atMs;
  state.origin = origin;
  state.returnCheck = returnCheckOf(admission, state.returnCheck);
  if (dutyOf(admission) === dutyBefore) return;
  state.links = Object.fromEntries(
    Object.entries(state.links).filter(([device]) => isWorn(device, state)),
  );
  // A device just put on, or a patient just back, gets time for a first result: what was silent before was no fault.
  state.heardMs = clockMs;
  const { latest } = state;
  const isStillHeard =
    latest !== null &&
    clockMs - latest.clockMs <= VALUE_COUNTS_FOR_MS &&
    isWorn(latest.device, state);
  if (isStillHeard) return;
  state.latest = null;
  state.lastNumber = null;
}

/** Which results are to be expected. */
function dutyOf({ devices, offWard }: Admission): string {
  return JSON.stringify([
    offWard?.sinceMs ?? null,
    ...devices.map((one) => [one.device, one.mode]),
  ]);
}

/** A discharged patient: nothing is left but the name, and since when. */
export function discharged(
  { patient, origin }: PatientAlarms,
  atMs: number,
  clockMs: number,
): PatientAlarms {
  return { ...newPatientAlarms(patient, origin, 'discharged', clockMs), admissionMs: atMs };
}
