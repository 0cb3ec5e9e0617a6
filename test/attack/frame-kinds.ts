import { encodeFrame, type Frame, type FrameRejection } from '@app/contracts';
import { frameOf, jsonFrameOf } from '../integration/frames.js';
import { mutated, seededRandom } from './seeded-random.js';

export interface FrameKind {
  name: string;
  payload: Uint8Array;
  /** Known beforehand for the kinds made on purpose; null for random damage, which may even leave the frame valid. */
  reason: FrameRejection | null;
}

type Json = Record<string, unknown>;

const text = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

/** Frames that break one rule each, as JSON and as protobuf, and frames with random damage. */
export function frameKinds(device: string): FrameKind[] {
  return [...brokenRules(device), ...wrongJson(device), ...wrongBytes(device), ...damaged(device)];
}

function brokenRules(device: string): FrameKind[] {
  const kinds: FrameKind[] = [];
  const add = (reason: FrameRejection, name: string, change: (frame: Frame) => void) => {
    const frame = structuredClone(frameOf(device));
    change(frame);
    kinds.push({ name: `${reason}: ${name}`, payload: encodeFrame(frame), reason });
  };
  const block = (frame: Frame) => frame.blocks[0]!;
  const channel = (frame: Frame) => block(frame).channels[0]!;

  for (const name of [
    '',
    'a/b',
    '+',
    '#',
    ' a',
    'ä',
    '.a',
    '-',
    'a\0b',
    'x'.repeat(37),
    'x'.repeat(5000),
    '../../etc',
  ]) {
    add('bad-name', `boot ${JSON.stringify(name.slice(0, 40))}`, (f) => (f.bootId = name));
    add('bad-name', `device ${JSON.stringify(name.slice(0, 40))}`, (f) => (f.device = name));
  }
  for (const name of ['x', 'W', `${device}0`, '__proto__x', 'constructor', 'vigil'])
    if (name !== device && !name.startsWith('_'))
      add('wrong-device', name, (f) => (f.device = name));
  for (const battery of [-0.01, 1.01, -1, 100, Number.NaN, Infinity, -Infinity])
    add('bad-battery', String(battery), (f) => (f.battery = battery));
  for (const us of [4e14, 1e15, Number.MAX_SAFE_INTEGER])
    add('bad-time', `monotonic ${us}`, (f) => (f.monotonicUs = us));
  for (const us of [4e14, Number.MAX_SAFE_INTEGER])
    add('bad-time', `sent ${us}`, (f) => (f.sentMonotonicUs = us));
  for (const hz of [0, -1, 0.05, 1001, 1e9, Number.NaN, Infinity, -Infinity, Number.MIN_VALUE])
    add('bad-rate', String(hz), (f) => (block(f).sampleRateHz = hz));
  for (const scale of [0, Number.NaN, Infinity, -Infinity])
    add('bad-scale', `scale ${scale}`, (f) => (block(f).scale = scale));
  for (const offset of [Number.NaN, Infinity, -Infinity])
    add('bad-scale', `offset ${offset}`, (f) => (block(f).offset = offset));
  for (const unit of ['g', 'm/s2', 'deg/s', 'celsius'] as const)
    add('bad-unit', `ppg in ${unit}`, (f) => (block(f).unit = unit));
  for (const kind of ['accelerometer', 'gyroscope', 'temperature'] as const)
    add('bad-unit', `${kind} in counts`, (f) => (block(f).kind = kind));
  for (const value of [2 ** 23 + 1, -(2 ** 23) - 1, 2 ** 31 - 1, -(2 ** 31)])
    add('bad-sample', String(value), (f) => (channel(f).samples[7] = value));
  for (const count of [1, 2, 6, 251, 300, 2000])
    add(
      'bad-length',
      `${count} samples at 25 Hz`,
      (f) => (channel(f).samples = new Int32Array(count)),
    );
  add('no-samples', 'no block', (f) => (f.blocks = []));
  add('no-samples', 'no channel', (f) => (block(f).channels = []));
  add('no-samples', 'no sample', (f) => (channel(f).samples = new Int32Array(0)));
  for (const count of [2, 3, 4])
    add(
      'too-many-blocks',
      `${count} of one kind`,
      (f) => (f.blocks = Array.from({ length: count }, () => block(f))),
    );
  for (const count of [5, 10, 100])
    add(
      'too-many-blocks',
      `${count} blocks`,
      (f) => (f.blocks = Array.from({ length: count }, () => block(f))),
    );
  for (const count of [9, 20])
    add(
      'bad-channels',
      `${count} channels`,
      (f) => (block(f).channels = Array.from({ length: count }, () => channel(f))),
    );
  add('bad-channels', 'ppg with an axis', (f) => (channel(f).axis = 'x'));
  add('bad-channels', 'ppg without a label', (f) => (channel(f).wavelengthNm = null));
  for (const axes of [
    ['x'],
    ['x', 'y'],
    ['x', 'y', 'y'],
    ['x', 'x', 'x'],
    ['x', 'y', 'z', 'z'],
  ] as const) {
    add('bad-channels', `axes ${axes.join('')}`, (f) => {
      const samples = channel(f).samples;
      f.blocks = [
        {
          ...block(f),
          kind: 'accelerometer',
          unit: 'g',
          channels: axes.map((axis) => ({ wavelengthNm: null, axis, samples })),
        },
      ];
    });
  }
  for (const count of [1, 24, 26, 100]) {
    add('uneven-channels', `25 and ${count}`, (f) =>
      block(f).channels.push({ ...channel(f), samples: new Int32Array(count) }),
    );
  }
  return kinds;
}

/** Every field of the JSON form missing or of every wrong type, and texts that are no JSON. */
function wrongJson(device: string): FrameKind[] {
  const kinds: FrameKind[] = [];
  const add = (name: string, payload: Uint8Array, reason: FrameRejection | null) =>
    kinds.push({ name: `JSON: ${name}`, payload, reason });
  const wrong = [
    null,
    true,
    'text',
    '',
    -1,
    1.5,
    1e300,
    '18446744073709551616',
    [],
    {},
    [[]],
    'NaN',
  ];
  const frame = jsonFrameOf(device);
  for (const key of [
    ...Object.keys(frame),
    'wallClockUs',
    'wallClockSource',
    'position',
    'battery',
    'worn',
  ]) {
    const { [key]: _, ...without } = frame;
    add(`${key} missing`, text(without), null);
    for (const value of wrong)
      add(`${key} ${JSON.stringify(value)}`, text({ ...frame, [key]: value }), null);
  }
  const blockOf = (change: Json) => ({ ...frame, blocks: [{ ...firstBlock(frame), ...change }] });
  for (const key of ['kind', 'sampleRateHz', 'unit', 'scale', 'offset', 'channels']) {
    for (const value of wrong)
      add(`block ${key} ${JSON.stringify(value)}`, text(blockOf({ [key]: value })), null);
  }
  for (const value of wrong) {
    add(
      `samples ${JSON.stringify(value)}`,
      text(blockOf({ channels: [{ wavelengthNm: 530, samples: value }] })),
      null,
    );
    add(
      `a sample ${JSON.stringify(value)}`,
      text(
        blockOf({
          channels: [{ wavelengthNm: 530, samples: [...Array<number>(24).fill(1), value] }],
        }),
      ),
      null,
    );
  }
  for (const version of [0, 2, 3, 255, 4_294_967_295])
    add(`version ${version}`, text({ ...frame, schemaVersion: version }), 'unknown-schema');
  for (const kind of ['SAMPLE_KIND_UNSPECIFIED', 5, 99])
    add(`kind ${kind}`, text(blockOf({ kind })), 'bad-kind');
  for (const sequence of ['9007199254740992', '18446744073709551615'])
    add(`sequence ${sequence}`, text({ ...frame, sequence }), 'bad-sequence');
  for (const field of ['unknown', '__proto__', 'constructor', 'schema-version'])
    add(
      `a field ${field}`,
      text(`${JSON.stringify(frame).slice(0, -1)},"${field}":1}`),
      'not-protobuf',
    );
  const whole = JSON.stringify(frame);
  for (let length = 1; length < whole.length; length += 12)
    add(`cut after ${length}`, text(whole.slice(0, length)), 'not-protobuf');
  for (const depth of [10, 1000, 8000])
    add(`${depth} braces`, text(`{"a":`.repeat(depth).slice(0, 16_000)), 'not-protobuf');
  for (const bad of [
    '{',
    '{}}',
    '{]',
    '{"a"}',
    '{,}',
    '{"schemaVersion":01}',
    `${whole}x`,
    `${whole}${whole}`,
  ])
    add(bad.slice(0, 20), text(bad), 'not-protobuf');
  add('no UTF-8', Buffer.of(0x7b, 0xff, 0xfe, 0x7d), 'not-protobuf');
  return kinds;
}

function firstBlock(frame: Json): Json {
  const [block] = Array.isArray(frame['blocks']) ? frame['blocks'] : [];
  return block;
}

/** Bytes that are no protobuf message, every cut of a valid frame, and payloads over the size bound. */
function wrongBytes(device: string): FrameKind[] {
  const kinds: FrameKind[] = [];
  const add = (name: string, payload: Uint8Array, reason: FrameRejection | null) =>
    kinds.push({ name: `bytes: ${name}`, payload, reason });
  const frame = encodeFrame(frameOf(device));
  for (let length = 0; length < frame.length; length++)
    add(`cut after ${length}`, frame.subarray(0, length), null);
  for (let field = 0; field < 16; field++)
    for (let wireType = 0; wireType < 8; wireType++)
      add(
        `field ${field} as type ${wireType}`,
        Buffer.concat([frame, Buffer.of((field << 3) | wireType)]),
        null,
      );
  for (let byte = 0; byte < 256; byte += 5) add(`64 times ${byte}`, Buffer.alloc(64, byte), null);
  add(
    'an endless varint',
    Buffer.concat([Buffer.of(0x08), Buffer.alloc(40, 0xff)]),
    'not-protobuf',
  );
  add('a length of 4 GB', Buffer.of(0x12, 0xff, 0xff, 0xff, 0xff, 0x0f), 'not-protobuf');
  add('a block of 2 GB', Buffer.of(0x52, 0xff, 0xff, 0xff, 0xff, 0x07), 'not-protobuf');
  for (const depth of [10, 100, 4000])
    add(`${depth} groups`, Buffer.alloc(depth, 0x7b - 0x08), null);
  for (const bytes of [16_385, 17_000, 19_999])
    add(`${bytes} bytes`, Buffer.alloc(bytes, 0x7b), 'too-large');
  return kinds;
}

function damaged(device: string): FrameKind[] {
  const sources = [encodeFrame(frameOf(device)), text(jsonFrameOf(device))];
  return Array.from({ length: 400 }, (_, seed): FrameKind => ({
    name: `damage ${seed}`,
    payload: mutated(sources[seed % 2]!, seededRandom(seed)),
    reason: null,
  }));
}
