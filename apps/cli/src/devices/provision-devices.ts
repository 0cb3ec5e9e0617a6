import type { AssignRequest, Origin } from '@app/contracts';
import { COMMAND_LINE, type Registry } from '@app/registry';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withRegistry } from '../registry/with-registry.js';
import { BedPlan } from './bed-plan.js';

/** A wearable of a run, and who wears it. */
export interface DeviceToProvision {
  device: string;
  patient: string;
  name?: string | undefined;
  /** For the wall; default: the pseudonym. */
  label?: string | undefined;
  /** Default: the first free one, by number. */
  bed?: string | undefined;
}

export interface ProvisionOptions {
  /** Discharge whom an earlier run has left in the ward; who was admitted on the dashboard stays. */
  dischargeOthers?: boolean;
}

export const PROVISIONED_WARD = 'main';

/** How long before the run the devices are worn, ms: what they recorded before they connect is their wearers'. */
const WORN_BEFORE_MS: Record<Origin, number> = {
  live: 0,
  simulated: 3_600_000,
  /** Of recordings at the greatest speed, whose last sample is of now. */
  replay: 30 * 86_400_000,
};

/**
 * Makes a ward of simulated or replayed patients: each is admitted to a bed of ward `main` and wears its device, which
 * gets a secret for this run. What is so already stays.
 * @param dataFolder the station's.
 * @returns secrets by device.
 * @throws an Error with a sentence for the user.
 */
export async function provisionDevices(
  dataFolder: string,
  origin: Origin,
  wanted: readonly DeviceToProvision[],
  { dischargeOthers = false }: ProvisionOptions = {},
): Promise<Map<string, string>> {
  if (!existsSync(join(dataFolder, 'vigil.json'))) {
    throw new Error(
      `${dataFolder} is not a station's data folder yet: first run vigil start --data ${dataFolder} --origin ${origin}`,
    );
  }
  return withRegistry(dataFolder, async (registry, folderOrigin) => {
    if (folderOrigin !== origin) {
      throw new Error(`${dataFolder} holds ${folderOrigin} data, not ${origin}`);
    }
    if (dischargeOthers) await discharge(registry, wanted);
    const secrets = await renewedSecrets(registry, wanted);
    const beds = await BedPlan.of(registry, PROVISIONED_WARD, wanted);
    const sinceMs = Date.now() - WORN_BEFORE_MS[origin];
    for (const one of wanted) await wear(registry, one, beds, sinceMs);
    return secrets;
  });
}

async function discharge(registry: Registry, wanted: readonly DeviceToProvision[]): Promise<void> {
  const staying = new Set(wanted.map(({ patient }) => patient));
  for (const { patient } of await registry.patients.inWard(PROVISIONED_WARD)) {
    if (staying.has(patient)) continue;
    const admitted = { action: 'patient.admitted', subject: patient, limit: 1 };
    const [entry] = await registry.audit.query(admitted);
    if (entry?.role === 'command-line') await registry.patients.discharge(COMMAND_LINE, patient);
  }
}

async function renewedSecrets(
  registry: Registry,
  wanted: readonly DeviceToProvision[],
): Promise<Map<string, string>> {
  const known = new Set((await registry.devices.list()).map(({ device }) => device));
  const secrets = new Map<string, string>();
  for (const { device } of wanted) {
    if (secrets.has(device)) continue;
    const { secret } = known.has(device)
      ? await registry.devices.renew(COMMAND_LINE, device)
      : await registry.devices.add(COMMAND_LINE, PROVISIONED_WARD, device);
    secrets.set(device, secret);
  }
  return secrets;
}

async function wear(
  registry: Registry,
  { device, patient, name, label, bed }: DeviceToProvision,
  beds: BedPlan,
  earliestMs: number,
): Promise<void> {
  const last = (await registry.devices.find(device))?.wearings.at(-1);
  const known = await registry.patients.find(patient);
  const isWorn = last !== undefined && last.toMs === null;
  // From whom wears it now it can only be taken now: what it measured before stays theirs.
  const sinceMs = isWorn
    ? undefined
    : Math.max(earliestMs, last?.toMs ?? 0, known?.dischargedMs ?? 0);
  const request: AssignRequest = {
    device,
    position: 'wrist',
    mode: 'continuous',
    ...(sinceMs === undefined ? {} : { sinceMs }),
  };
  if (known === null || known.admission === null) {
    await registry.patients.admit(COMMAND_LINE, PROVISIONED_WARD, {
      patient,
      name: name ?? known?.identity?.name ?? patient,
      label: label ?? patient,
      bed: await beds.take(bed),
      device: request,
    });
    return;
  }
  const { ward, bed: inBed } = known.admission;
  if (inBed === null && ward === PROVISIONED_WARD) {
    await registry.patients.transfer(COMMAND_LINE, patient, ward, await beds.take(bed));
  }
  if (!isWorn || last.patient !== patient) {
    await registry.patients.assign(COMMAND_LINE, patient, request);
  }
}
