import { describe, expect, it } from '@jest/globals';
import { decodeFrame, encodeFrame } from '@app/contracts';
import { FrameBuilder, quantise } from './frame-builder.js';
import { withSentTime } from './sent-time.js';

const raw = (seconds: number) => ({
  monotonicUs: seconds * 1e6,
  wallClockMs: 1_790_000_000_000 + seconds * 1000,
  wallClockSource: 'ntp' as const,
  battery: 0.5,
  worn: true,
  blocks: [
    {
      kind: 'ppg' as const,
      sampleRateHz: 4,
      unit: 'counts' as const,
      scale: 1,
      channels: [{ wavelengthNm: 530, values: [1000.4, 1000.6, 999, -1] }],
    },
    {
      kind: 'accelerometer' as const,
      sampleRateHz: 4,
      unit: 'g' as const,
      scale: 1 / 4096,
      channels: (['x', 'y', 'z'] as const).map((axis) => ({
        axis,
        values: Float32Array.of(0, 0.5, -0.25, 1),
      })),
    },
  ],
});

describe('FrameBuilder', () => {
  it('makes frames that the station accepts, numbered in order', () => {
    const builder = new FrameBuilder({ device: 'd', bootId: 'b', position: 'wrist' });
    const frames = [builder.build(raw(0)), builder.build(raw(1))];
    expect(frames.map((frame) => frame.sequence)).toEqual([0, 1]);
    const decoded = decodeFrame(encodeFrame(frames[1]!));
    expect(decoded.ok && decoded.frame).toEqual(frames[1]);
    expect([...frames[0]!.blocks[0]!.channels[0]!.samples]).toEqual([1000, 1001, 999, -1]);
    expect([...frames[0]!.blocks[1]!.channels[2]!.samples]).toEqual([0, 2048, -1024, 4096]);
  });
});

describe('quantise', () => {
  it('subtracts the offset and saturates at 24 bits', () => {
    expect([...quantise([10, 12, 1e9, -1e9], 2, 10)]).toEqual([0, 1, 2 ** 23, -(2 ** 23)]);
  });

  it('refuses a sample that is no number', () => {
    expect(() => quantise([0, Number.NaN], 1, 0)).toThrow('sample 1 is not a finite number');
  });
});

describe('withSentTime', () => {
  it.each([0, 1, 127, 128, 300_000_000, 3e14])('adds %d µs to an encoded frame', (sent) => {
    const frame = new FrameBuilder({ device: 'd', bootId: 'b', position: 'wrist' }).build(raw(0));
    const decoded = decodeFrame(withSentTime(encodeFrame(frame), sent));
    expect(decoded.ok && decoded.frame).toEqual({
      ...frame,
      sentMonotonicUs: sent === 0 ? null : sent,
    });
  });
});
