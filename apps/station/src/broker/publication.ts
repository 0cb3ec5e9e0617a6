/** A message as a device published it. */
export interface Publication {
  topic: string;
  payload: Uint8Array;
  /** Sent before, by the device's own account (DUP). */
  isRepeated: boolean;
}
