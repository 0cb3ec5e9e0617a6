import { describe, expect, it } from '@jest/globals';
import { decodeFrame, encodeFrame, frameSeconds } from '@app/contracts';
import { accelerometerBlock, ppgBlock } from './public-recording.js';
import { recordingFrames } from './recording-frames.js';

const counting = (length: number) => Int32Array.from({ length }, (_, i) => i);
const blocksOf = (length: number, rateHz = 125) => [
  ppgBlock(rateHz, 0.5, 609, [counting(length), counting(length)]),
  accelerometerBlock(rateHz, 0.0078, [counting(length), counting(length), counting(length)]),
];

describe('recordingFrames', () => {
  it.each([
    [1250, 10, 1],
    // 0.5 s and 0.25 s are frames of their own, less goes into the one before
    [1312, 11, 0.496],
    [1282, 11, 0.256],
    [1280, 10, 1.24],
    [1251, 10, 1.008],
  ])(
    'cuts %d samples at 125 Hz into %d frames, the last %d s long',
    (length, count, lastSeconds) => {
      const frames = [...recordingFrames('r', blocksOf(length))];
      expect(frames).toHaveLength(count);
      expect(frameSeconds(frames.at(-1)!)).toBeCloseTo(lastSeconds, 9);
      expect(frames.map((frame) => frame.monotonicUs)).toEqual(frames.map((_, i) => i * 1e6));
      expect(frames.map((frame) => frame.sequence)).toEqual(frames.map((_, i) => i));
      const samples = frames.flatMap((frame) => [...frame.blocks[0]!.channels[1]!.samples]);
      expect(samples).toEqual([...counting(length)]);
      for (const frame of frames) expect(decodeFrame(encodeFrame(frame)).ok).toBe(true);
    },
  );

  it('keeps a recording that is shorter than a second', () => {
    expect([...recordingFrames('r', blocksOf(40))]).toHaveLength(1);
  });
});
