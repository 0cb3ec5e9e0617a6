import { COMMAND_LINE, type Registry } from '@app/registry';

export interface Wearing {
  device: string;
  patient: string;
  /** Default: from now on. */
  sinceMs?: number;
}

/** Adds a device, and admits its patient to ward `main`, where it is worn. @returns the device's secret. */
export async function wearing(
  registry: Registry,
  { device, patient, sinceMs }: Wearing,
): Promise<string> {
  const { secret } = await registry.devices.add(COMMAND_LINE, 'main', device);
  await registry.patients.admit(COMMAND_LINE, 'main', {
    patient,
    name: `Name of ${patient}`,
    label: patient,
    bed: null,
    device: {
      device,
      position: 'wrist',
      mode: 'continuous',
      ...(sinceMs === undefined ? {} : { sinceMs }),
    },
  });
  return secret;
}
