import { serialize } from 'node:v8';
import { describe, expect, it } from '@jest/globals';
import type { Frame } from '@app/contracts';
import type { PreparedWindow } from './prepared-window.js';
import { SignalLane } from './signal-lane.js';
import { pulseFrames } from './testing/pulse-frames.js';

const run = (frames: readonly Frame[], lane = new SignalLane()): PreparedWindow[] =>
  frames.flatMap((frame) => lane.push(frame));

const summary = (windows: readonly PreparedWindow[]) =>
  windows.map(({ window, withheld }) => [window, withheld]);

describe('SignalLane', () => {
  it('cuts windows of 8 s every 2 s, each with the frame that holds its last sample', () => {
    const lane = new SignalLane();
    const counts = pulseFrames({ bpm: 72, seconds: 14 }).map((frame) => lane.push(frame).length);
    expect(counts).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1]);
    const windows = run(pulseFrames({ bpm: 72, seconds: 14 }));
    expect(windows.map((w) => w.window)).toEqual([0, 1, 2, 3]);
    expect(windows.map((w) => w.endMonotonicUs)).toEqual([8e6, 10e6, 12e6, 14e6]);
  });

  it.each([25, 34, 50, 125])('finds a pulse of 72 sampled at %d Hz', (rateHz) => {
    for (const { heartRate } of run(pulseFrames({ bpm: 72, seconds: 20, rateHz }))) {
      expect(Math.abs((heartRate?.second.peakBpm ?? 0) - 72)).toBeLessThanOrEqual(2);
    }
  });

  it('sees the pulse under an arm that swings through the light', () => {
    const lightAt = (s: number) =>
      500 * Math.sin(2.4 * Math.PI * s) + 2000 * Math.sin(3 * Math.PI * s);
    const windows = run(pulseFrames({ bpm: 72, seconds: 20, cadence: 90, lightAt }));
    for (const { heartRate } of windows.slice(2)) {
      expect(Math.abs((heartRate?.second.peakBpm ?? 0) - 72)).toBeLessThanOrEqual(4);
    }
  });

  it('does not depend on how the samples were cut into frames', () => {
    const short = run(pulseFrames({ bpm: 80, seconds: 20, rateHz: 100, frameSeconds: 0.25 }));
    const long = run(pulseFrames({ bpm: 80, seconds: 20, rateHz: 100, frameSeconds: 5 }));
    expect(short).toEqual(long);
  });

  it('goes on from a snapshot as if nothing had happened, after any frame', () => {
    const frames = [
      ...pulseFrames({ bpm: 64, seconds: 15, rateHz: 50 }),
      ...pulseFrames({ bpm: 64, seconds: 15, rateHz: 50, startUs: 18e6 }),
    ];
    const whole = run(frames);
    let lane = new SignalLane();
    const pieces = frames.flatMap((frame) => {
      const windows = lane.push(frame);
      lane = SignalLane.restore(structuredClone(lane.save()));
      return windows;
    });
    expect(pieces).toEqual(whole);
    expect(serialize(lane.save()).length).toBeLessThan(32 * 1024);
  });

  it('calls windows with missing samples a gap and recovers after it', () => {
    const windows = run([
      ...pulseFrames({ bpm: 72, seconds: 13 }),
      ...pulseFrames({ bpm: 72, seconds: 17, startUs: 16e6 }),
    ]);
    expect(summary(windows)).toEqual([
      [0, null],
      [1, null],
      [2, null],
      ...[3, 4, 5, 6, 7].map((w) => [w, 'gap']),
      ...[8, 9, 10, 11, 12].map((w) => [w, null]),
    ]);
    expect(windows.filter((w) => w.heartRate?.restart).map((w) => w.window)).toEqual([0]);
  });

  it('starts anew after a long gap, skipping the windows without samples', () => {
    const windows = run([
      ...pulseFrames({ bpm: 72, seconds: 9 }),
      ...pulseFrames({ bpm: 72, seconds: 10, startUs: 3600e6 }),
    ]);
    expect(summary(windows)).toEqual([
      [0, null],
      ...[1, 2, 3, 4].map((w) => [w, 'gap']),
      ...[1797, 1798, 1799].map((w) => [w, 'acquiring']),
      [1800, null],
      [1801, null],
    ]);
    expect(windows.at(-2)?.heartRate?.restart).toBe(true);
    expect(windows.at(-1)?.heartRate?.restart).toBe(false);
  });

  it('begins in the middle of a boot with windows that are still filling', () => {
    const windows = run(pulseFrames({ bpm: 72, seconds: 9, startUs: 100e6 }));
    expect(summary(windows)).toEqual([
      [47, 'acquiring'],
      [48, 'acquiring'],
      [49, 'acquiring'],
      [50, null],
    ]);
  });

  it('gives no input for a flat line, for no light and for a device that is not worn', () => {
    const flat = run(pulseFrames({ bpm: 72, seconds: 10, lightAt: () => 5000 }));
    expect(summary(flat)).toEqual([
      [0, 'no-signal'],
      [1, 'no-signal'],
    ]);
    expect(flat[0]?.quality).toMatchObject({ flatShare: 1, clippedShare: 1, channels: 0 });
    const dark = run(pulseFrames({ bpm: 72, seconds: 8, light: false }));
    expect(dark).toMatchObject([{ heartRate: null, withheld: 'no-signal', quality: null }]);
    const off = run(pulseFrames({ bpm: 72, seconds: 8, worn: false }));
    expect(off).toMatchObject([{ heartRate: null, withheld: 'not-worn' }]);
  });

  it.each([25, 50])(
    'gives no input for noise alone, and one for a weak pulse in it, at %d Hz',
    (rateHz) => {
      // a generator of Park and Miller
      const noiseOf = () => {
        let state = 7;
        return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647 - 0.5;
      };
      const light = (pulse: number, bpm: number) => {
        const noise = noiseOf();
        const lightAt = (s: number) =>
          5000 + 60 * noise() + pulse * Math.sin((bpm / 30) * Math.PI * s);
        return run(pulseFrames({ bpm, seconds: 40, rateHz, lightAt })).map((one) => one.withheld);
      };
      // the filters begin with a step
      expect(new Set(light(0, 72).slice(4))).toEqual(new Set(['no-signal']));
      // four times as large as the noise
      for (const bpm of [45, 72, 180, 220])
        expect(new Set(light(100, bpm))).toEqual(new Set([null]));
    },
  );

  it('leaves out a light channel that is clipped', () => {
    const lightAt = (s: number, c: number) =>
      c === 0 ? 4095 : 2000 + 300 * Math.sin(2.4 * Math.PI * s);
    const [window] = run(pulseFrames({ bpm: 72, seconds: 8, lightAt }));
    expect(window?.quality?.channels).toBe(1);
    expect(window?.heartRate?.second.peakBpm).toBe(72);
  });

  it('needs no motion for a rate, and says so with nothing else', () => {
    const [window] = run(pulseFrames({ bpm: 72, seconds: 8, motion: false }));
    expect(window).toMatchObject({ motion: null, activity: null, withheld: null });
    const planes = window?.heartRate?.features ?? new Float32Array();
    expect(planes.subarray(4 * 96).every((value) => value === 0)).toBe(true);
    expect(planes.subarray(2 * 96, 3 * 96)).toEqual(planes.subarray(0, 96));
  });

  it('measures motion in g whatever the unit, without gravity', () => {
    const inG = pulseFrames({ bpm: 72, seconds: 10, cadence: 60 });
    const inMetres = inG.map((frame) => ({
      ...frame,
      blocks: frame.blocks.map((block) =>
        block.kind === 'accelerometer'
          ? { ...block, unit: 'm/s2' as const, scale: block.scale * 9.80665 }
          : block,
      ),
    }));
    const [a, b] = [run(inG).at(-1), run(inMetres).at(-1)];
    expect(a?.motion?.rmsG).toBeCloseTo(Math.sqrt(0.08 + 0.02), 1);
    expect(b?.motion?.rmsG).toBeCloseTo(a?.motion?.rmsG ?? NaN, 6);
    expect(a?.activity).toHaveLength(375);
  });
});
