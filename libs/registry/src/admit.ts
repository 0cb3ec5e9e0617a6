import type { AdmitRequest, PatientRecord } from '@app/contracts';
import { emitAdmission, requireAdmitted } from './admission-change.js';
import type { Change } from './change.js';
import { cleanIdentity } from './identity-rules.js';
import { randomName } from './random-names.js';
import { type Actor, RegistryError } from './registry.js';
import type { PatientRow } from './tables.js';
import { requireId } from './text-rules.js';
import { requireFreeBed, requireWard } from './wards-store.js';
import { putOn } from './wearing-change.js';

type Identity = Pick<PatientRow, 'name' | 'birth_date' | 'hospital_number' | 'label'>;

/** Admits somebody new, or somebody who was discharged. One record for the journal, whatever is worn. */
export async function admit(
  change: Change,
  actor: Actor,
  ward: string,
  request: AdmitRequest,
): Promise<PatientRecord> {
  const asked = cleanIdentity(request);
  await requireWard(change.db, ward);
  if (request.bed !== null) await requireFreeBed(change.db, ward, request.bed);
  const patient = request.patient ?? (await freePseudonym(change));
  requireId('pseudonym', patient);

  const stay = await change.db
    .selectFrom('admissions')
    .select('ward')
    .where('patient', '=', patient)
    .where('discharged_ms', 'is', null)
    .executeTakeFirst();
  if (stay !== undefined) {
    throw new RegistryError(
      'conflict',
      `${patient} is admitted to ward ${stay.ward} already: transfer ${patient} instead`,
    );
  }
  const known = await change.db
    .selectFrom('patients')
    .select(['name', 'birth_date', 'hospital_number', 'label'])
    .where('patient', '=', patient)
    .executeTakeFirst();
  const identity = known === undefined ? asked : readmitted(patient, known, asked);
  await change.db
    .insertInto('patients')
    .values({ patient, ...identity, limits: null })
    .onConflict((conflict) => conflict.column('patient').doUpdateSet(identity))
    .execute();
  await change.db
    .insertInto('admissions')
    .values({
      patient,
      ward,
      bed: request.bed,
      admitted_ms: change.nowMs,
      discharged_ms: null,
      off_reason: null,
      off_since_ms: null,
    })
    .execute();
  if (request.device !== undefined) {
    await putOn(change, actor, await requireAdmitted(change, patient), request.device);
  }
  const record = await emitAdmission(change, actor, patient, 'admitted');
  await change.audit(actor, {
    action: 'patient.admitted',
    subjectType: 'patient',
    subject: patient,
    ward,
    ...(known === undefined ? {} : { before: inAudit(known) }),
    after: { ...record.identity, ...record.admission },
  });
  return record;
}

/**
 * Who comes again stays who it was; what was not known is filled in.
 * @throws RegistryError when it is somebody else.
 */
function readmitted(patient: string, known: Identity, asked: Identity): Identity {
  const isAnotherBirthDate =
    known.birth_date !== null && asked.birth_date !== null && known.birth_date !== asked.birth_date;
  if (known.name !== asked.name || isAnotherBirthDate) {
    const what = known.name === asked.name ? 'with another birth date' : 'under another name';
    throw new RegistryError(
      'conflict',
      `${patient} is known ${what}: correct the identity of the patient first, or admit without a pseudonym`,
    );
  }
  return {
    ...asked,
    birth_date: asked.birth_date ?? known.birth_date,
    hospital_number: asked.hospital_number ?? known.hospital_number,
  };
}

function inAudit({ name, birth_date, hospital_number, label }: Identity) {
  return { name, birthDate: birth_date, hospitalNumber: hospital_number, label };
}

async function freePseudonym(change: Change): Promise<string> {
  for (;;) {
    const patient = randomName('p');
    const known = await change.db
      .selectFrom('patients')
      .select('patient')
      .where('patient', '=', patient)
      .executeTakeFirst();
    if (known === undefined) return patient;
  }
}
