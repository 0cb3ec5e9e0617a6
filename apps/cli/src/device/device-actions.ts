import { topicOf, type Origin } from '@app/contracts';
import { openDataFolder, openDeviceStore, type DeviceStore } from '@app/registry';

interface FolderOptions {
  data: string;
  json?: true;
}

/** Partitions of a data folder that the first device makes; as `--partitions` of the station has it by default. */
const PARTITIONS = 4;

export async function addDevice(
  device: string,
  { data, patient, origin, json }: FolderOptions & { patient: string; origin?: Origin },
): Promise<void> {
  const folder = openDataFolder(data, origin, PARTITIONS);
  const { secret } = await withDevices(data, (devices) =>
    devices.add({ device, patient, origin: folder.origin }),
  );
  printSecret({ device, patient, origin: folder.origin, secret }, json);
}

export async function renewDevice(device: string, { data, json }: FolderOptions): Promise<void> {
  const renewed = await withDevices(data, async (devices) => {
    const { secret } = await devices.renew(device);
    return { ...devices.find(device), device, secret };
  });
  printSecret(renewed, json);
}

export async function listDevices({ data, json }: FolderOptions): Promise<void> {
  const devices = await withDevices(data, (store) => store.list());
  if (json) {
    print(JSON.stringify(devices));
    return;
  }
  const width = Math.max(6, ...devices.map(({ device }) => device.length));
  const patientWidth = Math.max(7, ...devices.map(({ patient }) => patient.length));
  print(`${'device'.padEnd(width)}  ${'patient'.padEnd(patientWidth)}  origin     added`);
  for (const { device, patient, origin, addedMs } of devices) {
    const added = new Date(addedMs).toISOString();
    print(
      `${device.padEnd(width)}  ${patient.padEnd(patientWidth)}  ${origin.padEnd(9)}  ${added}`,
    );
  }
}

export async function removeDevice(device: string, { data }: FolderOptions): Promise<void> {
  const removed = await withDevices(data, (devices) => devices.remove(device));
  if (!removed) throw new Error(`there is no device ${device} in ${data}`);
}

async function withDevices<T>(
  data: string,
  action: (devices: DeviceStore) => T | Promise<T>,
): Promise<T> {
  const devices = openDeviceStore(data);
  try {
    return await action(devices);
  } finally {
    devices.close();
  }
}

function printSecret(
  added: { device: string; patient?: string; origin?: Origin; secret: string },
  json?: true,
): void {
  if (json) {
    print(JSON.stringify(added));
    return;
  }
  const { device, secret } = added;
  print(`${device}${added.patient === undefined ? '' : ` of patient ${added.patient}`}`);
  print(`secret: ${secret}   (only its hash is kept: note it now)`);
  print('send a frame (docs/wire.md has an example):');
  print(
    `mosquitto_pub -h 127.0.0.1 -p 1883 -i ${device} -u ${device} -P '${secret}' -q 1 ` +
      `-t ${topicOf(device, 'frames')} -f frame.json`,
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
