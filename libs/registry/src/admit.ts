import type { AdmitRequest, PatientRecord } from '@app/contracts';
import { emitAdmission, requireAdmitted } from './admission-change.js';
import type { Change } from './change.js';
import { cleanIdentity } from './identity-rules.js';
import { randomName } from './random-names.js';
import { type Actor, RegistryError } from './registry.js';
import { requireId } from './text-rules.js';
import { requireFreeBed, requireWard } from './wards-store.js';
import { putOn } from './wearing-change.js';

/** Admits somebody new, or somebody who was discharged. One record for the journal, whatever is worn. */
export async function admit(
  change: Change,
  actor: Actor,
  ward: string,
  request: AdmitRequest,
): Promise<PatientRecord> {
  const identity = cleanIdentity(request);
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
    after: { ...record.identity, ...record.admission },
  });
  return record;
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
