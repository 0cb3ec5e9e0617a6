import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { emitAdmission } from './admission-change.js';
import type { Change, Changes } from './change.js';
import { FIRST_WARD } from './first-ward.js';
import { STATION } from './registry.js';

const rowSchema = z.object({
  device: z.string(),
  patient: z.string(),
  added_ms: z.number(),
  salt: z.instanceof(Uint8Array),
  hash: z.instanceof(Uint8Array),
  cost: z.number(),
});
type OldDevice = z.output<typeof rowSchema>;

/**
 * Takes over `devices.db`, in which earlier versions kept devices and who wears them: secrets stay right, patients are
 * admitted to the first ward. The file is then renamed; broken off in between, the next start goes on.
 */
export async function importDevices(dataFolderPath: string, changes: Changes): Promise<void> {
  const file = join(dataFolderPath, 'devices.db');
  if (!existsSync(file)) return;
  const devices = readOld(file);
  await changes.make((change) => take(change, devices));
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, `${file}.imported${suffix}`);
  }
}

function readOld(file: string): OldDevice[] {
  const database = new DatabaseSync(file);
  try {
    const hasTable = database
      .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'devices'")
      .get();
    if (hasTable === undefined) return [];
    const rows = database.prepare('SELECT * FROM devices ORDER BY device').all();
    return rows.map((row) => rowSchema.parse(row));
  } finally {
    database.close();
  }
}

async function take(change: Change, devices: readonly OldDevice[]): Promise<void> {
  const known = await change.db.selectFrom('devices').select('device').execute();
  const names = new Set(known.map(({ device }) => device));
  const wanted = devices.filter(({ device }) => !names.has(device));
  for (const { device, added_ms, salt, hash, cost } of wanted) {
    await change.db
      .insertInto('devices')
      .values({
        device,
        ward: FIRST_WARD,
        added_ms,
        salt: Buffer.from(salt).toString('hex'),
        hash: Buffer.from(hash).toString('hex'),
        cost,
      })
      .execute();
  }
  for (const patient of new Set(wanted.map((device) => device.patient))) {
    await admitOld(
      change,
      patient,
      wanted.filter((device) => device.patient === patient),
    );
  }
}

async function admitOld(change: Change, patient: string, worn: OldDevice[]): Promise<void> {
  const admittedMs = Math.min(...worn.map(({ added_ms: addedMs }) => addedMs));
  // Their names were never kept: the ward fills them in.
  await change.db
    .insertInto('patients')
    .values({
      patient,
      name: patient,
      birth_date: null,
      hospital_number: null,
      label: patient,
      limits: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const stay = await change.db
    .selectFrom('admissions')
    .select('id')
    .where('patient', '=', patient)
    .where('discharged_ms', 'is', null)
    .executeTakeFirst();
  if (stay === undefined) {
    await change.db
      .insertInto('admissions')
      .values({
        patient,
        ward: FIRST_WARD,
        bed: null,
        admitted_ms: admittedMs,
        discharged_ms: null,
        off_reason: null,
        off_since_ms: null,
      })
      .execute();
  }
  for (const { device, added_ms: from } of worn) {
    await change.db
      .insertInto('wearings')
      .values({
        device,
        patient,
        position: 'unspecified',
        mode: 'continuous',
        from_ms: from,
        to_ms: null,
      })
      .execute();
  }
  const { admission } = await emitAdmission(change, STATION, patient, 'admitted');
  await change.audit(STATION, {
    action: 'patient.admitted',
    subjectType: 'patient',
    subject: patient,
    ward: FIRST_WARD,
    after: admission,
    reason: 'taken over from an earlier version',
  });
}
