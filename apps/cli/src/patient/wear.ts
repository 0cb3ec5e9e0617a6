import type { AssignRequest } from '@app/contracts';
import { COMMAND_LINE, type Registry } from '@app/registry';

/** Puts a device on a patient, who is admitted to the ward first, under the pseudonym alone, when the registry has no such patient there. */
export async function wear(
  registry: Registry,
  {
    patient,
    ward,
    device,
    sinceMs,
  }: { patient: string; ward: string; device: string; sinceMs?: number },
): Promise<void> {
  const request: AssignRequest = {
    device,
    position: 'wrist',
    mode: 'continuous',
    ...(sinceMs === undefined ? {} : { sinceMs }),
  };
  const known = await registry.patients.find(patient);
  if (known !== null && known.admission !== null) {
    await registry.patients.assign(COMMAND_LINE, patient, request);
    return;
  }
  await registry.patients.admit(COMMAND_LINE, ward, {
    patient,
    name: known?.identity?.name ?? patient,
    label: patient,
    bed: null,
    device: request,
  });
}
