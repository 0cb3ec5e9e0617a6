import { COMMAND_LINE } from '@app/registry';
import { print } from '../output/print.js';
import { table } from '../output/table.js';
import type { RegistryOptions } from '../registry/registry-options.js';
import { withRegistry } from '../registry/with-registry.js';

interface AdmitOptions extends RegistryOptions {
  ward: string;
  name?: string;
  label?: string;
  bed?: string;
}

export async function admitPatient(
  patient: string,
  { data, ward, name, label, bed }: AdmitOptions,
): Promise<void> {
  await withRegistry(data, async ({ patients }) => {
    const known = await patients.find(patient);
    await patients.admit(COMMAND_LINE, ward, {
      patient,
      name: name ?? known?.identity?.name ?? patient,
      label: label ?? patient,
      bed: bed ?? null,
    });
  });
}

export async function assignDevice(
  patient: string,
  device: string,
  { data, since }: RegistryOptions & { since?: number },
): Promise<void> {
  await withRegistry(data, (registry) =>
    registry.patients.assign(COMMAND_LINE, patient, {
      device,
      position: 'wrist',
      mode: 'continuous',
      ...(since === undefined ? {} : { sinceMs: since }),
    }),
  );
}

export async function dischargePatient(patient: string, { data }: RegistryOptions): Promise<void> {
  await withRegistry(data, (registry) => registry.patients.discharge(COMMAND_LINE, patient));
}

export async function listPatients({
  data,
  ward,
  json,
}: RegistryOptions & { ward: string }): Promise<void> {
  const patients = await withRegistry(data, (registry) => registry.patients.inWard(ward));
  if (json) {
    // The names stay in the registry: what a script prints ends up in logs.
    print(JSON.stringify(patients.map(({ identity: _identity, ...rest }) => rest)));
    return;
  }
  const rows = patients.map(({ patient, admission }) => [
    patient,
    admission?.label ?? '–',
    admission?.bed ?? '–',
    (admission?.devices ?? []).map(({ device }) => device).join(', ') || '–',
    admission?.offWard?.reason ?? '–',
  ]);
  process.stdout.write(table([['patient', 'label', 'bed', 'wears', 'off ward'], ...rows]));
}
