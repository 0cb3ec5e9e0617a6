import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Origin } from '@app/contracts';
import { openDeviceStore } from '@app/registry';

export interface DeviceToProvision {
  device: string;
  patient: string;
}

/**
 * Gives every device a secret for this run: a new one is added, a known one gets a new secret and this patient.
 * @param dataFolder the station's.
 * @returns secrets by device.
 * @throws an Error with a sentence for the user.
 */
export async function provisionDevices(
  dataFolder: string,
  origin: Origin,
  wanted: readonly DeviceToProvision[],
): Promise<Map<string, string>> {
  if (!existsSync(join(dataFolder, 'vigil.json'))) {
    throw new Error(
      `${dataFolder} is not a station's data folder yet: first run vigil start --data ${dataFolder} --origin ${origin}`,
    );
  }
  const devices = openDeviceStore(dataFolder);
  const secrets = new Map<string, string>();
  try {
    for (const { device, patient } of wanted) {
      const known = devices.find(device);
      if (known !== null && known.origin !== origin) {
        throw new Error(`device ${device} in ${dataFolder} is ${known.origin}, not ${origin}`);
      }
      const { secret } =
        known === null
          ? await devices.add({ device, patient, origin })
          : await devices.renew(device);
      if (known !== null && known.patient !== patient) devices.setPatient(device, patient);
      secrets.set(device, secret);
    }
  } finally {
    devices.close();
  }
  return secrets;
}
