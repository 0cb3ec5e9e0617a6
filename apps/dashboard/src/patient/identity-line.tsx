import type { PatientRecord } from '@app/contracts';
import { useStationView } from '../app/use-station.js';
import { mayName } from '../session/sight.js';
import { useNowMs, useSession } from '../session/use-session.js';
import { dateOfBirth } from '../words.js';

/** The name, for who may see it at this moment, whoever it was read for; what else tells two people of one name apart. */
export function IdentityLine({ record }: { record: PatientRecord | null }) {
  const session = useSession();
  const nowMs = useNowMs();
  const { place } = useStationView();
  const identity = record?.identity ?? null;
  const ward = record?.admission?.ward ?? null;
  if (identity === null || !mayName(session, ward, place, nowMs)) return null;
  return (
    <p className="identity">
      <b>{identity.name}</b>
      {identity.birthDate === null ? null : <span>born {dateOfBirth(identity.birthDate)}</span>}
      {identity.hospitalNumber === null ? null : <span>no. {identity.hospitalNumber}</span>}
    </p>
  );
}
