import { COMMAND_LINE } from '@app/registry';
import { print } from '../output/print.js';
import { table } from '../output/table.js';
import type { RegistryOptions } from '../registry/registry-options.js';
import { withRegistry } from '../registry/with-registry.js';

export async function listWards({ data, json }: RegistryOptions): Promise<void> {
  const wards = await withRegistry(data, (registry) => registry.wards.list());
  if (json) {
    print(JSON.stringify(wards));
    return;
  }
  const rows = wards.map(({ ward, name, beds, limits }) => [
    ward,
    name,
    `${limits.heartRateLowBpm ?? '–'} to ${limits.heartRateHighBpm ?? '–'}`,
    beds.map(({ bed, patient }) => (patient === null ? bed : `${bed}: ${patient}`)).join(', '),
  ]);
  process.stdout.write(table([['ward', 'name', 'limits', 'beds'], ...rows]));
}

export async function addWard(
  ward: string,
  name: string | undefined,
  { data }: RegistryOptions,
): Promise<void> {
  await withRegistry(data, (registry) => registry.wards.add(COMMAND_LINE, ward, name ?? ward));
}

export async function addBeds(
  ward: string,
  beds: readonly string[],
  { data }: RegistryOptions,
): Promise<void> {
  await withRegistry(data, async (registry) => {
    for (const bed of beds) await registry.wards.addBed(COMMAND_LINE, ward, bed);
  });
}
