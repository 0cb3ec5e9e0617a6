/** Packet types of MQTT 3.1.1, section 2.2.1, that a client may send. */
export const PACKET = {
  connect: 1,
  publish: 3,
  puback: 4,
  pubrec: 5,
  pubrel: 6,
  pubcomp: 7,
  subscribe: 8,
  unsubscribe: 10,
  pingreq: 12,
  disconnect: 14,
} as const;

export type FixedHeader =
  | { kind: 'complete'; type: number; headerBytes: number; bodyBytes: number }
  | { kind: 'incomplete' }
  /** The remaining length takes more than four bytes (section 2.2.3). */
  | { kind: 'malformed' };

/** Reads the fixed header of the packet that begins at `start`. */
export function readFixedHeader(bytes: Uint8Array, start: number): FixedHeader {
  let bodyBytes = 0;
  for (let i = 0; i < 4; i++) {
    const byte = bytes[start + 1 + i];
    if (byte === undefined) return { kind: 'incomplete' };
    bodyBytes += (byte & 0x7f) * 128 ** i;
    if (byte < 0x80)
      return { kind: 'complete', type: (bytes[start] ?? 0) >> 4, headerBytes: i + 2, bodyBytes };
  }
  return { kind: 'malformed' };
}
