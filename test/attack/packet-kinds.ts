import { topicOf } from '@app/contracts';
import {
  connectBody,
  connectPacket,
  packet,
  publishPacket,
  remainingLength,
  subscribePacket,
  uint16,
} from './mqtt-bytes.js';

/** What the broker is to do: the metric's reason, by the metric that counts it. */
export type Outcome =
  | { refused: string }
  | { disconnected: string }
  /** Answered with SUBACK 0x80. */
  | { notSubscribed: number }
  /** Acknowledged, dropped and counted. */
  | { rejected: string }
  /** Harmless: the connection goes on. */
  | 'ignored';

export interface PacketKind {
  name: string;
  bytes: Buffer;
  outcome: Outcome;
}

const PROTOCOL_ERROR = { refused: 'protocol-error' };

/** First packets of a connection that must not let anybody in. */
export function firstPacketKinds(device: string, secret: string): PacketKind[] {
  const kinds: PacketKind[] = [];
  const add = (name: string, bytes: Buffer, outcome: Outcome = PROTOCOL_ERROR) =>
    kinds.push({ name: `first: ${name}`, bytes, outcome });
  const me = { clientId: device, username: device, password: secret };
  const good = connectBody(me);

  for (let typeAndFlags = 0; typeAndFlags < 256; typeAndFlags++) {
    if (typeAndFlags === 0x10) continue;
    add(`type ${typeAndFlags >> 4}, flags ${typeAndFlags & 15}`, packet(typeAndFlags, good));
  }
  for (const protocol of ['', 'mqtt', 'MQTT ', 'MQIsdp', 'HTTP', 'MQTT\0', 'x'.repeat(300)])
    if (protocol !== 'MQIsdp')
      add(`protocol ${JSON.stringify(protocol.slice(0, 9))}`, connectPacket({ ...me, protocol }));
  for (const level of [0, 1, 2, 6, 7, 100, 127, 128, 255])
    add(`level ${level}`, connectPacket({ ...me, level }));
  add('level 5', packet(0x10, mqtt5(good)), { refused: 'protocol-version' });
  for (const flags of [0x01, 0x03, 0xc3, 0x0a, 0x1a, 0x22, 0x3a])
    add(`flags ${flags}`, connectPacket({ ...me, flags }));
  for (let length = 0; length < good.length; length++)
    add(`cut after ${length}`, packet(0x10, good.subarray(0, length)));
  for (const bytes of [2049, 4096, 16_384, 1_000_000, 268_435_455])
    add(`${bytes} bytes`, Buffer.concat([Buffer.of(0x10), remainingLength(bytes)]), {
      refused: 'packet-too-large',
    });
  add('endless length', Buffer.of(0x10, 0xff, 0xff, 0xff, 0xff, 0x01));
  for (const request of [
    'GET / HTTP/1.1\r\n\r\n',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    'SSH-2.0-OpenSSH_9.6\r\n',
    '\0'.repeat(64),
  ])
    add(`other protocol ${JSON.stringify(request.slice(0, 8))}`, Buffer.from(request, 'latin1'));

  for (const clientId of [
    '',
    'other',
    `${device}/`,
    '#',
    '+',
    '$SYS',
    '__proto__',
    'x'.repeat(1000),
    Buffer.of(0xff, 0xfe),
  ])
    add(
      `client id ${JSON.stringify(String(clientId).slice(0, 20))}`,
      connectPacket({ ...me, clientId }),
      { refused: 'bad-identifier' },
    );
  for (const name of ['', 'a b', 'a/b', '__proto__', '../x'])
    add(`name ${JSON.stringify(name)}`, connectPacket({ ...me, clientId: name, username: name }), {
      refused: 'bad-identifier',
    });
  for (const name of ['constructor', 'toString', 'nobody', 'x'.repeat(36)])
    add(`unknown ${name}`, connectPacket({ ...me, clientId: name, username: name }), {
      refused: 'bad-credentials',
    });
  for (const password of [
    '',
    'x',
    secret.slice(1),
    `${secret} `,
    secret.toLowerCase(),
    '\0',
    Buffer.of(0xff),
    'x'.repeat(1500),
  ])
    add(
      `secret ${JSON.stringify(String(password).slice(0, 4))}…${password.length}`,
      connectPacket({ ...me, password }),
      { refused: 'bad-credentials' },
    );
  add('no secret', connectPacket({ clientId: device, username: device }), {
    refused: 'bad-credentials',
  });
  add('no user name', connectPacket({ clientId: device }), { refused: 'bad-credentials' });
  add('session kept', connectPacket({ ...me, flags: 0xc0 }), { refused: 'persistent-session' });
  for (const keepAlive of [0, 61, 3600, 65_535])
    add(`keep-alive ${keepAlive}`, connectPacket({ ...me, keepAlive }), { refused: 'keep-alive' });
  const offline = '{"state":"offline"}';
  for (const topic of [
    '',
    'x',
    '#',
    topicOf('other', 'status'),
    topicOf(device, 'frames'),
    topicOf(device, 'vitals'),
    '$SYS/x',
    'a/'.repeat(300),
  ])
    add(
      `will on ${JSON.stringify(topic.slice(0, 30))}`,
      connectPacket({ ...me, will: { topic, payload: offline } }),
      { refused: 'bad-will' },
    );
  for (const payload of [
    '',
    'gone',
    '{}',
    '[]',
    '{"state":"fine"}',
    '{'.repeat(900),
    Buffer.of(0xff),
  ])
    add(
      `will ${JSON.stringify(String(payload).slice(0, 20))}`,
      connectPacket({ ...me, will: { topic: topicOf(device, 'status'), payload } }),
      { refused: 'bad-will' },
    );
  return kinds;
}

/** The body of a CONNECT packet as MQTT 5 has it: another level, and no properties. */
function mqtt5(body: Buffer): Buffer {
  const head = Buffer.from(body.subarray(0, 10));
  head[6] = 5;
  return Buffer.concat([head, Buffer.of(0), body.subarray(10)]);
}

/** Packets of a device that has authenticated. */
export function sessionPacketKinds(device: string): PacketKind[] {
  const kinds: PacketKind[] = [];
  const error = { disconnected: 'protocol-error' };
  const add = (name: string, bytes: Buffer, outcome: Outcome = error) =>
    kinds.push({ name: `then: ${name}`, bytes, outcome });
  const own = topicOf(device, 'frames');

  // types that only a server sends, reserved types and a second CONNECT, with all flags
  for (const type of [0, 1, 2, 9, 11, 13, 15])
    for (let flags = 0; flags < 16; flags++)
      add(`type ${type}, flags ${flags}`, packet((type << 4) | flags, uint16(1)));
  // flags that the type does not allow
  for (const [type, right] of [
    [4, 0],
    [5, 0],
    [6, 2],
    [7, 0],
    [8, 2],
    [10, 2],
    [12, 0],
    [14, 0],
  ] as const)
    for (let flags = 0; flags < 16; flags++)
      if (flags !== right)
        add(
          `type ${type}, flags ${flags}`,
          packet((type << 4) | flags, type > 11 ? Buffer.alloc(0) : uint16(1)),
        );
  for (const flags of [6, 7, 14, 15])
    add(
      `publish, flags ${flags}`,
      packet(0x30 | flags, Buffer.concat([uint16(1), Buffer.from('a')])),
    );

  for (const topic of [
    '',
    '#',
    '+',
    `${own}/#`,
    'vigil/+/x',
    'a/b/c/d/e',
    'a/'.repeat(200),
    '/////',
  ])
    add(`publish to ${JSON.stringify(topic.slice(0, 20))}`, publishPacket(topic, 'x'));
  for (const bytes of [20_481, 65_536, 1_000_000, 268_435_455])
    add(`publish of ${bytes} bytes`, Buffer.concat([Buffer.of(0x32), remainingLength(bytes)]), {
      disconnected: 'packet-too-large',
    });
  for (const [type, bytes] of [
    [0x82, 1025],
    [0xa2, 1025],
    [0xc0, 2048],
    [0x40, 5000],
    [0xe0, 268_435_455],
  ] as const)
    add(
      `type ${type >> 4} of ${bytes} bytes`,
      Buffer.concat([Buffer.of(type), remainingLength(bytes)]),
      { disconnected: 'packet-too-large' },
    );
  for (const type of [0x30, 0x32, 0x82, 0xa2, 0xc0])
    add(`type ${type >> 4}, endless length`, Buffer.of(type, 0xff, 0xff, 0xff, 0xff, 0x01));

  add('publish without a topic', packet(0x32, Buffer.alloc(0)));
  add(
    'publish, topic longer than the packet',
    packet(0x32, Buffer.concat([uint16(500), Buffer.from('abc')])),
  );
  add('publish without an id', packet(0x32, Buffer.concat([uint16(1), Buffer.from('a')])));
  add('publish with the id 0', publishPacket(own, 'x', { messageId: 0 }));
  add('subscribe without a body', packet(0x82, Buffer.alloc(0)));
  add('subscribe without a filter', packet(0x82, uint16(1)));
  add(
    'subscribe without a QoS',
    packet(0x82, Buffer.concat([uint16(1), uint16(1), Buffer.from('a')])),
  );
  for (const qos of [3, 4, 0x80, 0xff])
    add(`subscribe with QoS ${qos}`, subscribePacket([[topicOf(device, 'vitals'), qos]]));
  for (const filter of ['', 'a/#/b', 'aa#', '#a', 'aa+/b', 'a/b/c/d/e/f', '+/'.repeat(200)])
    add(`subscribe to ${JSON.stringify(filter.slice(0, 20))}`, subscribePacket([[filter, 0]]));
  add('unsubscribe without a body', packet(0xa2, Buffer.alloc(0)));

  for (const filter of [
    '#',
    '+/+/+/+',
    '/',
    'vigil/#',
    'vigil/v1/+/vitals',
    topicOf(device, 'frames'),
    topicOf(device, 'status'),
    topicOf('other', 'vitals'),
    `vigil/v1/${device}/+`,
    '$SYS/#',
    '$SYS/+/heartbeat',
    '$share/g/#',
    '__proto__',
    'vigil/consumed',
  ])
    add(`subscribe to ${filter}`, subscribePacket([[filter, 1]]), { notSubscribed: 1 });
  add(
    'subscribe to 50 others',
    subscribePacket(Array.from({ length: 50 }, (_, i): [string, number] => [`${i}/vitals`, 0])),
    { notSubscribed: 50 },
  );

  for (const topic of [
    'x',
    '/',
    '$SYS/x',
    'vigil/consumed',
    topicOf('other', 'frames'),
    topicOf('other', 'status'),
    topicOf(device, 'vitals'),
    topicOf(device, 'alarms'),
    topicOf(device, 'errors'),
    '__proto__',
    `vigil/v2/${device}/frames`,
  ])
    add(`publish to ${topic}`, publishPacket(topic, 'x', { retain: true }), {
      rejected: 'not-allowed',
    });
  add('publish to a topic that is no UTF-8', publishPacket(Buffer.of(0xff, 0xfe, 0xfd), 'x'), {
    rejected: 'not-allowed',
  });
  for (const payload of [
    '',
    'x',
    '{}',
    '{"state":1}',
    '{"state":"online","extra":1}',
    `{"state":"online","software":"${'x'.repeat(2000)}"}`,
  ])
    add(
      `status ${JSON.stringify(payload.slice(0, 30))}`,
      publishPacket(topicOf(device, 'status'), payload, { retain: true }),
      { rejected: 'bad-status' },
    );

  for (const type of [0x40, 0x50, 0x62, 0x70])
    for (const id of [0, 1, 65_535])
      if (id > 0)
        add(`type ${type >> 4} for unknown id ${id}`, packet(type, uint16(id)), 'ignored');
  add(
    'unsubscribe from what it never had',
    packet(0xa2, Buffer.concat([uint16(1), uint16(1), Buffer.from('a')])),
    'ignored',
  );
  return kinds;
}
