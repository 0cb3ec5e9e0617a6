import { topicOf, type Origin } from '@app/contracts';
import { COMMAND_LINE } from '@app/registry';
import { print } from '../output/print.js';
import { table } from '../output/table.js';
import { wear } from '../patient/wear.js';
import type { RegistryOptions } from '../registry/registry-options.js';
import { withNewRegistry, withRegistry } from '../registry/with-registry.js';

interface AddOptions extends RegistryOptions {
  ward: string;
  patient?: string;
  origin?: Origin;
}

export async function addDevice(
  device: string,
  { data, ward, patient, origin, json }: AddOptions,
): Promise<void> {
  const added = await withNewRegistry(data, origin, async (registry, folderOrigin) => {
    const { secret } = await registry.devices.add(COMMAND_LINE, ward, device);
    if (patient !== undefined) await wear(registry, { patient, ward, device });
    return { device, ward, patient: patient ?? null, origin: folderOrigin, secret };
  });
  printSecret(added, json);
}

export async function renewDevice(device: string, { data, json }: RegistryOptions): Promise<void> {
  const renewed = await withRegistry(data, async (registry) => {
    const { secret } = await registry.devices.renew(COMMAND_LINE, device);
    const known = (await registry.devices.list()).find((one) => one.device === device);
    return { ...known, device, patient: known?.patient ?? null, secret };
  });
  printSecret(renewed, json);
}

export async function listDevices({ data, json }: RegistryOptions): Promise<void> {
  const devices = await withRegistry(data, (registry) => registry.devices.list());
  if (json) {
    print(JSON.stringify(devices));
    return;
  }
  const rows = devices.map(({ device, ward, patient, origin, addedMs }) => [
    device,
    ward,
    patient ?? '–',
    origin,
    new Date(addedMs).toISOString(),
  ]);
  process.stdout.write(table([['device', 'ward', 'patient', 'origin', 'added'], ...rows]));
}

export async function removeDevice(device: string, { data }: RegistryOptions): Promise<void> {
  await withRegistry(data, (registry) => registry.devices.remove(COMMAND_LINE, device));
}

function printSecret(
  added: { device: string; patient: string | null; secret: string },
  json?: true,
): void {
  if (json) {
    print(JSON.stringify(added));
    return;
  }
  const { device, patient, secret } = added;
  print(patient === null ? `${device}, which nobody wears yet` : `${device} of patient ${patient}`);
  print(`secret: ${secret}   (only its hash is kept: note it now)`);
  print('send a frame (docs/wire.md has an example):');
  print(
    `mosquitto_pub -h 127.0.0.1 -p 1883 -i ${device} -u ${device} -P '${secret}' -q 1 ` +
      `-t ${topicOf(device, 'frames')} -f frame.json`,
  );
}
