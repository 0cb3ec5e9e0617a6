import { describe, expect, it } from '@jest/globals';
import type { BodyPosition, Frame } from '@app/contracts';
import { SignalLane } from '../signal-lane.js';
import { pulseFrames } from '../testing/pulse-frames.js';
import { WAIST_SAMPLES } from './waist-classes.js';

/** A device without light that is worn at `position` and turns about z at 30 deg/s. */
function frames(position: BodyPosition, gyroscope = true): Frame[] {
  return pulseFrames({ bpm: 70, seconds: 14, light: false, rateHz: 50 }).map((frame) => ({
    ...frame,
    position,
    blocks: [
      ...frame.blocks,
      ...(gyroscope
        ? [
            {
              kind: 'gyroscope' as const,
              sampleRateHz: 50,
              unit: 'deg/s' as const,
              scale: 0.1,
              offset: 0,
              channels: (['x', 'y', 'z'] as const).map((axis) => ({
                wavelengthNm: null,
                axis,
                samples: new Int32Array(50).fill(axis === 'z' ? 300 : 0),
              })),
            },
          ]
        : []),
    ],
  }));
}

describe('a device at the waist', () => {
  it('gives the waist network its input, and the wrist network none', () => {
    const windows = frames('waist').flatMap(push(new SignalLane()));
    expect(windows.length).toBe(4);
    for (const { waist, activity } of windows) {
      expect(activity).toBeNull();
      expect(waist!.magnitude.length).toBe(200);
      const row = (r: number) =>
        waist!.features.subarray(r * WAIST_SAMPLES, (r + 1) * WAIST_SAMPLES);
      expect(row(2)[10]).toBeCloseTo(1, 2);
      expect(row(5)[10]).toBeCloseTo(30, 3);
      expect(row(3)[10]).toBe(0);
    }
  });

  it('says nothing without a gyroscope, and the wrist is never read as a waist', () => {
    for (const { waist, activity } of frames('waist', false).flatMap(push(new SignalLane()))) {
      expect([waist, activity]).toEqual([null, null]);
    }
    for (const { waist, activity } of frames('wrist').flatMap(push(new SignalLane()))) {
      expect(waist).toBeNull();
      expect(activity).not.toBeNull();
    }
    for (const { waist, activity } of frames('chest').flatMap(push(new SignalLane()))) {
      expect([waist, activity]).toEqual([null, null]);
    }
  });

  it('goes on from a snapshot as if nothing had happened', () => {
    const whole = frames('pocket').flatMap(push(new SignalLane()));
    let lane = new SignalLane();
    const pieces = frames('pocket').flatMap((frame) => {
      const windows = lane.push(frame);
      lane = SignalLane.restore(structuredClone(lane.save()));
      return windows;
    });
    expect(pieces).toEqual(whole);
  });
});

function push(lane: SignalLane) {
  return (frame: Frame) => lane.push(frame);
}
