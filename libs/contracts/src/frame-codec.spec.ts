import { describe, expect, it } from '@jest/globals';
import { decodeFrame, encodeFrame } from './frame-codec.js';
import type { Frame } from './frame.js';

const frame: Frame = {
  device: 'watch-7',
  bootId: 'b1',
  sequence: 42,
  monotonicUs: 1_000_000,
  wallClockMs: 1_790_000_000_000,
  wallClockSource: 'ntp',
  sentMonotonicUs: 2_000_000,
  position: 'wrist',
  blocks: [
    {
      kind: 'ppg',
      sampleRateHz: 25,
      unit: 'counts',
      scale: 1,
      offset: 0,
      channels: [
        {
          wavelengthNm: 530,
          axis: null,
          samples: Int32Array.from({ length: 25 }, (_, i) => i * 100),
        },
      ],
    },
    {
      kind: 'accelerometer',
      sampleRateHz: 25,
      unit: 'g',
      scale: 0.001,
      offset: 0,
      channels: (['x', 'y', 'z'] as const).map((axis) => ({
        wavelengthNm: null,
        axis,
        samples: new Int32Array(25).fill(axis === 'z' ? 1000 : -3),
      })),
    },
  ],
  battery: 0.5,
  worn: true,
  charging: null,
};

const rejected = (change: (f: Frame) => void) => {
  const bad = structuredClone(frame);
  change(bad);
  const decoded = decodeFrame(encodeFrame(bad));
  return decoded.ok ? 'accepted' : decoded.reason;
};

describe('decodeFrame', () => {
  it('gives back what was encoded', () => {
    const decoded = decodeFrame(encodeFrame(frame));
    expect(decoded.ok && decoded.frame).toEqual(frame);
  });

  it('accepts the same message as JSON and turns it into the protobuf form', () => {
    const json = {
      schemaVersion: 1,
      device: 'watch-7',
      bootId: 'b1',
      sequence: '1',
      monotonicUs: '0',
      blocks: [
        {
          kind: 'SAMPLE_KIND_PPG',
          sampleRateHz: 25,
          unit: 'UNIT_COUNTS',
          scale: 1,
          channels: [{ wavelengthNm: 530, samples: new Array(25).fill(7) }],
        },
      ],
    };
    const decoded = decodeFrame(new TextEncoder().encode(JSON.stringify(json)));
    expect(decoded.ok).toBe(true);
    if (!decoded.ok) return;
    const again = decodeFrame(decoded.bytes);
    expect(again.ok && again.frame).toEqual(decoded.frame);
  });

  it.each<[string, (f: Frame) => void]>([
    ['bad-name', (f) => (f.device = 'a/b')],
    ['bad-name', (f) => (f.bootId = '')],
    ['bad-time', (f) => (f.monotonicUs = 1e15)],
    ['bad-battery', (f) => (f.battery = 2)],
    ['bad-battery', (f) => (f.battery = Number.NaN)],
    ['no-samples', (f) => (f.blocks = [])],
    ['no-samples', (f) => (f.blocks[0]!.channels = [])],
    ['too-many-blocks', (f) => (f.blocks[1] = f.blocks[0]!)],
    ['bad-unit', (f) => (f.blocks[0]!.unit = 'g')],
    ['bad-rate', (f) => (f.blocks[0]!.sampleRateHz = 0)],
    ['bad-rate', (f) => (f.blocks[0]!.sampleRateHz = Number.NaN)],
    ['bad-scale', (f) => (f.blocks[0]!.scale = Number.NaN)],
    ['bad-scale', (f) => (f.blocks[0]!.scale = 0)],
    ['bad-channels', (f) => (f.blocks[1]!.channels[0]!.axis = 'y')],
    ['uneven-channels', (f) => (f.blocks[1]!.channels[2]!.samples = new Int32Array(24))],
    ['bad-length', (f) => (f.blocks = [{ ...f.blocks[0]!, sampleRateHz: 200 }])],
    ['bad-sample', (f) => (f.blocks[0]!.channels[0]!.samples[3] = 2 ** 24)],
  ])('refuses %s', (reason, change) => {
    expect(rejected(change)).toBe(reason);
  });

  it.each([
    ['[1]', 'JSON must be an object and begin with { at its first byte'],
    ['"a frame"', 'JSON must be an object and begin with { at its first byte'],
    ['\n [1]', 'JSON must be an object and begin with { at its first byte'],
    [' {"schemaVersion":1}', 'JSON must be an object and begin with { at its first byte'],
    ['\u001a\u0060', 'it ends in the middle of a field'],
    ['{"wallClockSource":"NTP"}', '"NTP" must be CLOCK_SOURCE_NTP, CLOCK_SOURCE_CELLULAR, CLOCK_'],
    ['{"position":"WRIST"}', '"WRIST" must be BODY_POSITION_WRIST, .*, BODY_POSITION_EAR$'],
    [
      '{"blocks":[{"unit":"G"}]}',
      '"G" must be UNIT_COUNTS, UNIT_G, UNIT_METRES_PER_SECOND_SQUARED',
    ],
    ['{"colour":1}', 'key "colour" is unknown'],
  ])('says what is wrong with %j', (text, why) => {
    const decoded = decodeFrame(new TextEncoder().encode(text));
    expect(decoded).toEqual({
      ok: false,
      reason: 'not-protobuf',
      detail: expect.stringMatching(new RegExp(why)),
    });
  });

  it('takes a protobuf frame whose first bytes could be the beginning of JSON text', () => {
    const bytes = encodeFrame({ ...frame, sequence: 91 });
    const withoutSequence = encodeFrame({ ...frame, sequence: 0 });
    // Field 4 first: 0x20 0x5b, a space and a bracket.
    const decoded = decodeFrame(Uint8Array.from([0x20, 0x5b, ...withoutSequence]));
    expect(decoded).toMatchObject({ ok: true, frame: { sequence: 91 } });
    expect(decodeFrame(bytes).ok).toBe(true);
  });

  it('never throws on bytes that are no frame', () => {
    for (const bytes of [[], [0], [0x7b], [0xff, 0xff], [0x7b, 0xff], [10, 200]]) {
      expect(decodeFrame(Uint8Array.from(bytes)).ok).toBe(false);
    }
    expect(decodeFrame(new Uint8Array(20_000))).toMatchObject({ reason: 'too-large' });
  });
});
