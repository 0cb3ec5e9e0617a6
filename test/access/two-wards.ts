import type { PersonRole } from '@app/contracts';
import { COMMAND_LINE, drainOutbox } from '@app/registry';
import type { GatewayApp } from '../integration/gateway-app.js';

/** Everybody who may try a door, in the order of the table. */
export const CALLERS = [
  'nobody',
  'kiosk',
  'viewer',
  'nurse elsewhere',
  'nurse',
  'charge nurse',
  'administrator',
] as const;
export type Caller = (typeof CALLERS)[number];

const PEOPLE: Record<Exclude<Caller, 'nobody'>, [PersonRole, string[] | 'all']> = {
  kiosk: ['kiosk', ['north']],
  viewer: ['viewer', ['north']],
  'nurse elsewhere': ['nurse', ['south']],
  nurse: ['nurse', ['north']],
  'charge nurse': ['charge-nurse', ['north']],
  administrator: ['administrator', 'all'],
};

/** Two wards, each with a bed, and a patient in it who wears a device: `p-north` wears `watch-north`. */
export async function openTwoWards({ registry, journal }: GatewayApp): Promise<void> {
  for (const ward of ['north', 'south']) {
    await registry.wards.add(COMMAND_LINE, ward, `Ward ${ward}`);
    await registry.wards.addBed(COMMAND_LINE, ward, '1');
    await registry.devices.add(COMMAND_LINE, ward, `watch-${ward}`);
    await registry.patients.admit(COMMAND_LINE, ward, {
      patient: `p-${ward}`,
      name: `Name of ${ward}`,
      label: ward,
      bed: '1',
      device: { device: `watch-${ward}`, position: 'wrist', mode: 'continuous' },
    });
  }
  await drainOutbox(registry, journal);
}

/** A new session of each: one that was used up or closed in one try is not missed in the next. */
export async function headersOf(
  gateway: GatewayApp,
  caller: Caller,
): Promise<Record<string, string>> {
  if (caller === 'nobody') return {};
  const [role, wards] = PEOPLE[caller];
  const { headers } = await gateway.signIn(role, wards, `The ${caller}`);
  return headers;
}
