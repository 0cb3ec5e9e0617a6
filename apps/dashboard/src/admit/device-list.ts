import type { DeviceInfo, StrayDevice } from '@app/contracts';

/** A device that somebody could wear now. */
export interface FreeDevice {
  device: string;
  /** It sends already, and its samples are nobody's. */
  sending: boolean;
}

/** Free devices of the ward, those that send first: they are most likely in somebody's hand. */
export function freeDevices(
  devices: readonly DeviceInfo[],
  strays: readonly StrayDevice[],
): FreeDevice[] {
  const sending = new Set(strays.filter(({ connected }) => connected).map(({ device }) => device));
  const compare = new Intl.Collator('en', { numeric: true }).compare;
  return devices
    .filter(({ patient }) => patient === null)
    .map(({ device }) => ({ device, sending: sending.has(device) }))
    .toSorted((a, b) => Number(b.sending) - Number(a.sending) || compare(a.device, b.device));
}

/** What a nurse should know of the device that was named; null: nothing. */
export function deviceNote(
  device: string,
  devices: readonly DeviceInfo[],
  whose: (patient: string) => string,
): { kind: 'worn' | 'unknown'; words: string } | null {
  if (device === '') return null;
  const known = devices.find((info) => info.device === device);
  if (known === undefined) {
    return { kind: 'unknown', words: `This ward has no device ${device}.` };
  }
  if (known.patient === null) return null;
  return {
    kind: 'worn',
    words: `Worn by ${whose(known.patient)} until now: it will be taken off there from this moment on.`,
  };
}
