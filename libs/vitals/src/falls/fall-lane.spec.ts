import { describe, expect, it } from '@jest/globals';
import type { Frame, SampleBlock } from '@app/contracts';
import type { FallCandidate } from './fall-candidate.js';
import { FALL_INPUT, FALL_SCORES, fallScore } from './fall-settings.js';
import { FallLane } from './fall-lane.js';

interface Worn {
  seconds: number;
  rateHz?: number;
  frameSeconds?: number;
  /** Seconds at which the wrist knocks against something, and how hard, g. */
  knocks: readonly (readonly [second: number, g: number])[];
  /** Moves the arm at 2 Hz, g. */
  swingG?: (second: number) => number;
}

/** Acceleration of a wrist that is held still, but for knocks of 80 ms and a swing. */
function accelerationAt({ knocks, swingG = () => 0 }: Worn, second: number): number[] {
  const swing = swingG(second) * Math.sin(4 * Math.PI * second);
  const knock = knocks.reduce(
    (sum, [at, g]) => sum + g * Math.max(0, 1 - Math.abs(second - at) / 0.08),
    0,
  );
  return [0.6 + knock, 0.8 * swing, 0.8 + 0.6 * swing];
}

function frames(worn: Worn): Frame[] {
  const { seconds, rateHz = 25, frameSeconds = 1 } = worn;
  const perFrame = Math.round(frameSeconds * rateHz);
  return Array.from({ length: Math.floor((seconds * rateHz) / perFrame) }, (_, k): Frame => {
    const startS = (k * perFrame) / rateHz;
    const times = Array.from({ length: perFrame }, (__, i) => startS + i / rateHz);
    const samples = times.map((second) => accelerationAt(worn, second));
    const block: SampleBlock = {
      kind: 'accelerometer',
      sampleRateHz: rateHz,
      unit: 'g',
      scale: 1 / 4096,
      offset: 0,
      channels: (['x', 'y', 'z'] as const).map((axis, c) => ({
        wavelengthNm: null,
        axis,
        samples: Int32Array.from(samples, (sample) => Math.round(4096 * sample[c]!)),
      })),
    };
    return {
      device: 'test',
      bootId: 'boot',
      sequence: k,
      monotonicUs: Math.round(startS * 1e6),
      wallClockMs: null,
      wallClockSource: 'unspecified',
      sentMonotonicUs: null,
      position: 'wrist',
      blocks: [block],
      battery: null,
      worn: null,
      charging: null,
    };
  });
}

function candidates(worn: Worn, lane = new FallLane()): FallCandidate[] {
  return [...frames(worn).flatMap((frame) => lane.push(frame)), ...lane.end()];
}

const seconds = (found: readonly FallCandidate[]) =>
  found.map(({ impactMonotonicUs }) => impactMonotonicUs / 1e6);

describe('FallLane', () => {
  it.each([20, 25, 50, 100])('finds a blow at %d Hz, where it was, 4 s later', (rateHz) => {
    const lane = new FallLane();
    const due: number[] = [];
    const found = frames({ seconds: 20, rateHz, knocks: [[8, 4]] }).flatMap((frame) => {
      const own = lane.push(frame);
      if (own.length > 0) due.push(frame.monotonicUs / 1e6 + 1);
      return own;
    });
    expect(found).toHaveLength(1);
    // the low-pass against aliases delays by up to 50 ms
    expect(Math.abs(seconds(found)[0]! - 8)).toBeLessThanOrEqual(0.08);
    expect(due[0]).toBeGreaterThanOrEqual(12);
    expect(due[0]).toBeLessThanOrEqual(13);
    expect(found[0]).toMatchObject({ heldBefore: 0, heldAfter: 0 });
    expect(found[0]!.input).toHaveLength(FALL_INPUT);
  });

  it('lets weak movement and running arms without blows pass by', () => {
    expect(candidates({ seconds: 20, knocks: [[8, 0.9]] })).toEqual([]);
    expect(candidates({ seconds: 20, knocks: [], swingG: () => 0.8 })).toEqual([]);
  });

  it('keeps the largest of several blows within 2 s, and both when they lie further apart', () => {
    const near = candidates({ seconds: 20, knocks: [[8, 3], [8.8, 5], [10, 4]] }); // prettier-ignore
    expect(seconds(near).map(Math.round)).toEqual([9]);
    const far = candidates({ seconds: 20, knocks: [[8, 3], [10.2, 5]] }); // prettier-ignore
    expect(seconds(far).map(Math.round)).toEqual([8, 10]);
  });

  it('holds the ends of a recording that begins or ends within the window', () => {
    const [early] = candidates({ seconds: 20, knocks: [[1, 4]] });
    expect(early).toMatchObject({ heldBefore: 25, heldAfter: 0 });
    const [late] = candidates({ seconds: 20, knocks: [[17, 4]] });
    expect(late).toMatchObject({ heldBefore: 0, heldAfter: 25 });
    expect(late!.input.every(Number.isFinite)).toBe(true);
  });

  it('decides with what it has when the link is lost after a blow, and begins anew', () => {
    const all = frames({ seconds: 40, knocks: [[8, 4], [30, 4]] }); // prettier-ignore
    const lane = new FallLane();
    const found = all.filter((_, k) => k < 10 || k >= 28).flatMap((frame) => lane.push(frame));
    expect(found.map(({ heldBefore, heldAfter }) => [heldBefore, heldAfter])).toEqual([
      [0, 50],
      [0, 0],
    ]);
    expect(seconds(found)).toEqual([8, 30]);
  });

  it('measures stillness from 2 s after the blow on', () => {
    const at = (swingG: (second: number) => number) =>
      candidates({ seconds: 20, knocks: [[8, 4]], swingG })[0]!.stillSeconds;
    expect(at(() => 0)).toBe(2);
    expect(at((s) => (s > 8 && s < 11 ? 0.5 : 0))).toBeLessThan(1);
    expect(at((s) => (s > 8 ? 0.5 : 0))).toBeLessThan(0.1);
  });

  it('goes on counting the still seconds afterwards', () => {
    const lane = new FallLane();
    for (const frame of frames({ seconds: 30, knocks: [[8, 4]] })) lane.push(frame);
    expect(lane.stillSeconds).toBeGreaterThan(19);
    expect(lane.stillSeconds).toBeLessThan(22);
  });

  it('gives the same however frames are cut, with save and restore between any two', () => {
    const worn: Worn = {
      seconds: 60,
      rateHz: 50,
      knocks: [[3, 2], [9, 4], [11.5, 3], [30, 6], [59, 3]], // prettier-ignore
      swingG: (s) => (s > 20 && s < 50 ? 0.7 : 0.05),
    };
    const plain = candidates(worn);
    expect(plain.length).toBe(5);
    expect(candidates({ ...worn, frameSeconds: 0.5 })).toEqual(plain);
    let lane = new FallLane();
    const restored = frames(worn).flatMap((frame) => {
      lane = FallLane.restore(structuredClone(lane.save()));
      return lane.push(frame);
    });
    expect([...restored, ...FallLane.restore(lane.save()).end()]).toEqual(plain);
  });

  it('takes no notice of frames without acceleration, and refuses a signal without gravity', () => {
    const lane = new FallLane();
    const all = frames({ seconds: 20, knocks: [[8, 4]] });
    expect(lane.push({ ...all[0]!, blocks: [] })).toEqual([]);
    const weightless = all.map((frame) => ({
      ...frame,
      blocks: frame.blocks.map((block) => ({
        ...block,
        channels: block.channels.map((channel, c) => ({
          ...channel,
          samples: channel.samples.map((value) => value - [2458, 0, 3277][c]!),
        })),
      })),
    }));
    expect(weightless.flatMap((frame) => lane.push(frame))).toEqual([]);
  });
});

describe('score of a fall', () => {
  it('is the logistic function of the log-odds', () => {
    expect(fallScore(0)).toBe(FALL_SCORES.suspected);
    expect(fallScore(Math.log(4))).toBeCloseTo(FALL_SCORES.likely, 12);
    expect(fallScore(50)).toBeCloseTo(1, 12);
    expect(fallScore(-800)).toBe(0);
    expect(fallScore(NaN)).toBeNaN();
  });
});
