import type { PatientRecord } from '@app/contracts';
import { apiPath } from '../api/request.js';
import { useSight } from '../session/use-session.js';
import { type Resource, useResource } from '../api/use-resource.js';

/** Who a patient is, where, and under which limits. @param version anything that changes with what the ward shows */
export function usePatientRecord(
  patient: string,
  version: unknown = null,
): Resource<PatientRecord> {
  // Who acts at a wall display sees names that the display does not.
  const sight = useSight();
  const path = apiPath('patients', patient, 'record');
  return useResource<PatientRecord>(path, `${sight} ${String(version)}`);
}
