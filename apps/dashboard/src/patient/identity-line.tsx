import type { PatientRecord } from '@app/contracts';
import { dateOfBirth } from '../words.js';

/** The name, for who may see it; what else tells two people of one name apart. */
export function IdentityLine({ record }: { record: PatientRecord | null }) {
  const identity = record?.identity ?? null;
  if (identity === null) return null;
  return (
    <p className="identity">
      <b>{identity.name}</b>
      {identity.birthDate === null ? null : <span>born {dateOfBirth(identity.birthDate)}</span>}
      {identity.hospitalNumber === null ? null : <span>no. {identity.hospitalNumber}</span>}
    </p>
  );
}
