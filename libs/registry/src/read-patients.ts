import type { Admission, Origin, PatientRecord, WornDevice } from '@app/contracts';
import type { Kysely } from 'kysely';
import { patientLimitsOf } from './limits-rules.js';
import type { Tables } from './tables.js';

/** One patient, or all who are admitted to a ward, with what they wear; by pseudonym. */
export async function readPatients(
  db: Kysely<Tables>,
  origin: Origin,
  which: { patient: string } | { ward: string },
): Promise<PatientRecord[]> {
  let patients = db
    .selectFrom('patients')
    .leftJoin('admissions', (join) =>
      join
        .onRef('admissions.patient', '=', 'patients.patient')
        .on('admissions.discharged_ms', 'is', null),
    )
    .selectAll('patients')
    .select(['ward', 'bed', 'admitted_ms', 'off_reason', 'off_since_ms'])
    .orderBy('patients.patient');
  let worn = db
    .selectFrom('wearings')
    .innerJoin('admissions', (join) =>
      join
        .onRef('admissions.patient', '=', 'wearings.patient')
        .on('admissions.discharged_ms', 'is', null),
    )
    .select(['wearings.patient', 'device', 'position', 'mode', 'from_ms'])
    .where('to_ms', 'is', null)
    .orderBy('from_ms')
    .orderBy('device');
  if ('patient' in which) {
    patients = patients.where('patients.patient', '=', which.patient);
    worn = worn.where('wearings.patient', '=', which.patient);
  } else {
    patients = patients.where('ward', '=', which.ward);
    worn = worn.where('ward', '=', which.ward);
  }
  const devices = new Map<string, WornDevice[]>();
  for (const { patient, device, position, mode, from_ms: sinceMs } of await worn.execute()) {
    devices.set(patient, [...(devices.get(patient) ?? []), { device, position, mode, sinceMs }]);
  }
  const rows = await patients.execute();
  const records = rows.map((row): PatientRecord => ({
    patient: row.patient,
    origin,
    identity: {
      name: row.name,
      birthDate: row.birth_date,
      hospitalNumber: row.hospital_number,
    },
    admission: admissionOf(row, devices.get(row.patient) ?? []),
    dischargedMs: null,
    limits: patientLimitsOf(row.limits),
  }));
  for (const record of records) {
    if (record.admission === null) record.dischargedMs = await lastDischarge(db, record.patient);
  }
  return records;
}

function admissionOf(
  row: {
    label: string;
    ward: string | null;
    bed: string | null;
    admitted_ms: number | null;
    off_reason: string | null;
    off_since_ms: number | null;
  },
  devices: WornDevice[],
): Admission | null {
  const { ward, bed, label, admitted_ms: admittedMs } = row;
  if (ward === null || admittedMs === null) return null;
  const offWard =
    row.off_reason === null || row.off_since_ms === null
      ? null
      : { reason: row.off_reason, sinceMs: row.off_since_ms };
  return { ward, bed, label, admittedMs, offWard, devices };
}

/** When the patient's last stay ended, ms; null when none has. */
export async function lastDischarge(db: Kysely<Tables>, patient: string): Promise<number | null> {
  const row = await db
    .selectFrom('admissions')
    .select('discharged_ms')
    .where('patient', '=', patient)
    .where('discharged_ms', 'is not', null)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row?.discharged_ms ?? null;
}

/** The ward that a patient is in, or was in last; null when nobody was ever admitted so. */
export async function lastWard(db: Kysely<Tables>, patient: string): Promise<string | null> {
  const row = await db
    .selectFrom('admissions')
    .select('ward')
    .where('patient', '=', patient)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return row?.ward ?? null;
}
