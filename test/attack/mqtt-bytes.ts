/** MQTT 3.1.1 packets as bytes, made by hand: a client library would refuse to make the bad ones. */

export function packet(typeAndFlags: number, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(typeAndFlags), remainingLength(body.length), body]);
}

export function remainingLength(length: number): Buffer {
  const bytes: number[] = [];
  do {
    const more = length >= 128 ? 0x80 : 0;
    bytes.push((length % 128) | more);
    length = Math.floor(length / 128);
  } while (length > 0);
  return Buffer.from(bytes);
}

/** Length-prefixed, as strings and binary fields are. */
export function field(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([uint16(bytes.length), bytes]);
}

export function uint16(value: number): Buffer {
  return Buffer.of(value >> 8, value & 0xff);
}

export interface ConnectFields {
  protocol?: string;
  level?: number;
  flags?: number;
  keepAlive?: number;
  clientId?: string | Uint8Array;
  will?: { topic: string; payload: string | Uint8Array };
  username?: string;
  password?: string | Uint8Array;
}

const USERNAME = 0x80;
const PASSWORD = 0x40;
const WILL_RETAIN = 0x20;
const WILL = 0x04;
const CLEAN = 0x02;

export function connectBody(fields: ConnectFields): Buffer {
  const { protocol = 'MQTT', level = 4, keepAlive = 30, clientId = '', will } = fields;
  const { username, password } = fields;
  const flags =
    fields.flags ??
    CLEAN |
      (username === undefined ? 0 : USERNAME) |
      (password === undefined ? 0 : PASSWORD) |
      (will === undefined ? 0 : WILL | WILL_RETAIN);
  return Buffer.concat([
    field(protocol),
    Buffer.of(level, flags),
    uint16(keepAlive),
    field(clientId),
    ...(will === undefined ? [] : [field(will.topic), field(will.payload)]),
    ...(username === undefined ? [] : [field(username)]),
    ...(password === undefined ? [] : [field(password)]),
  ]);
}

export function connectPacket(fields: ConnectFields): Buffer {
  return packet(0x10, connectBody(fields));
}

export function publishPacket(
  topic: string | Uint8Array,
  payload: string | Uint8Array,
  options: { qos?: 0 | 1 | 2; messageId?: number; retain?: boolean } = {},
): Buffer {
  const { qos = 1, messageId = 1, retain = false } = options;
  const body = [field(topic), ...(qos > 0 ? [uint16(messageId)] : []), Buffer.from(payload)];
  return packet(0x30 | (qos << 1) | (retain ? 1 : 0), Buffer.concat(body));
}

export function subscribePacket(filters: [string | Uint8Array, number][], messageId = 1): Buffer {
  const body = [uint16(messageId), ...filters.flatMap(([f, qos]) => [field(f), Buffer.of(qos)])];
  return packet(0x82, Buffer.concat(body));
}

export const PINGREQ = Buffer.of(0xc0, 0);
export const DISCONNECT = Buffer.of(0xe0, 0);

/** Reads the packets of a server: types with their bodies, and the bytes of an incomplete last one. */
export function parsePackets(bytes: Buffer): {
  packets: { type: number; body: Buffer }[];
  rest: Buffer;
} {
  const packets: { type: number; body: Buffer }[] = [];
  let at = 0;
  while (at + 1 < bytes.length) {
    let length = 0;
    let i = 0;
    let byte: number;
    do {
      byte = bytes[at + 1 + i] ?? 0;
      length += (byte & 0x7f) * 128 ** i++;
    } while (byte >= 0x80);
    const start = at + 1 + i;
    if (start + length > bytes.length) break;
    packets.push({ type: (bytes[at] ?? 0) >> 4, body: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return { packets, rest: bytes.subarray(at) };
}
