import type { Origin } from '@app/contracts';

/** A wearable that may connect, and whose samples are whose. */
export interface DeviceRecord {
  /** User name, client id and topic level of the device. */
  device: string;
  /** Pseudonym of the patient who wears it. */
  patient: string;
  /** Equals the data folder's. */
  origin: Origin;
  /** When it was added, ms since 1970. */
  addedMs: number;
}

export type NewDevice = Omit<DeviceRecord, 'addedMs'>;

/** A request that cannot be carried out; the message is a sentence for the person who asked. */
export class DeviceStoreError extends Error {
  override name = 'DeviceStoreError';
}
