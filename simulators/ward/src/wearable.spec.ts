import { describe, expect, it } from '@jest/globals';
import { decodeFrame, encodeFrame, type Frame } from '@app/contracts';
import { scenarioSchema, type WearableScenario } from './scenario.js';
import type { TruthWindow } from './truth.js';
import { Wearable, type WearableSecond } from './wearable.js';

const scenarioOf = (more: object): WearableScenario =>
  scenarioSchema.parse({
    wearables: [
      {
        device: 'sim-01',
        patient: 'P-01',
        timeline: [{ atSeconds: 0, activity: 'rest', heartRateBpm: 72 }],
        ...more,
      },
    ],
  }).wearables[0]!;

function live(scenario: WearableScenario, seconds: number, seed = 1): WearableSecond[] {
  const wearable = new Wearable(scenario, { seed, bootPrefix: 'b', startMs: 1_790_000_000_000 });
  return Array.from({ length: seconds }, () => wearable.next());
}

const framesOf = (seconds: WearableSecond[]): Frame[] =>
  seconds.flatMap((second) => (second.alive ? [second.frame] : []));
const truthOf = (seconds: WearableSecond[]): TruthWindow[] =>
  seconds.flatMap((second) => (second.alive && second.truth ? [second.truth] : []));

function samples(frames: Frame[], block: number, channel: number): number[] {
  return frames.flatMap((frame) => [...frame.blocks[block]!.channels[channel]!.samples]);
}

/** Size of the Fourier component at a rate per minute, by brute force. */
function component(values: number[], rateHz: number, bpm: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [real, imaginary] = [0, 0];
  values.forEach((value, i) => {
    const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (values.length - 1));
    const angle = (2 * Math.PI * bpm * i) / 60 / rateHz;
    real += hann * (value - mean) * Math.cos(angle);
    imaginary += hann * (value - mean) * Math.sin(angle);
  });
  return Math.hypot(real, imaginary);
}

/** Rate of the strongest component from 40 to 220 per minute. */
function strongestBpm(values: number[], rateHz: number): number {
  let best = { bpm: 0, size: -1 };
  for (let bpm = 40; bpm <= 220; bpm += 0.5) {
    const size = component(values, rateHz, bpm);
    if (size > best.size) best = { bpm, size };
  }
  return best.bpm;
}

const encoded = (seed: number) =>
  framesOf(live(scenarioOf({}), 20, seed)).map((frame) => encodeFrame(frame));

/** From 20 s on, when the gait has settled. */
const settled = (more: object) => live(scenarioOf(more), 60).slice(20);
const lightOf = (seconds: WearableSecond[]) => spread(samples(framesOf(seconds), 0, 0));
const withFault = (kind: string, fromSeconds: number, toSeconds: number, more = {}) =>
  scenarioOf({ faults: [{ kind, fromSeconds, toSeconds }], ...more });

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const spread = (values: number[]) => {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
};

describe('Wearable', () => {
  it('is a function of scenario and seed', () => {
    expect(encoded(7)).toEqual(encoded(7));
    expect(encoded(7)).not.toEqual(encoded(8));
  });

  it.each([25, 50])(
    'makes frames of one second that the station accepts, at %d Hz',
    (ppgRateHz) => {
      const frames = framesOf(live(scenarioOf({ sensor: { ppgRateHz } }), 10));
      frames.forEach((frame, second) => {
        const decoded = decodeFrame(encodeFrame(frame));
        expect(decoded).toMatchObject({ ok: true, frame: { sequence: second, bootId: 'b-0' } });
        expect(frame.monotonicUs).toBe(second * 1e6);
        expect(frame.blocks[0]!.channels[0]!.samples).toHaveLength(ppgRateHz);
        expect(frame.blocks[1]!.channels[2]!.samples).toHaveLength(50);
      });
    },
  );

  it('shows the true heart rate in the light, and gravity in the acceleration, at rest', () => {
    const seconds = live(scenarioOf({}), 120);
    const frames = framesOf(seconds);
    const truth = truthOf(seconds);
    expect(truth.map((window) => window.window)).toEqual(Array.from({ length: 57 }, (_, i) => i));
    for (const { window, heartRateBpm } of truth.filter((one) => one.window % 8 === 0)) {
      const light = samples(frames.slice(2 * window, 2 * window + 8), 0, 0);
      expect(Math.abs(strongestBpm(light, 50) - heartRateBpm)).toBeLessThan(3);
    }
    const [x, y, z] = [0, 1, 2].map((axis) =>
      samples(frames, 1, axis).map((value) => value / 4096),
    );
    const lengths = x!.map((value, i) => Math.hypot(value, y![i]!, z![i]!));
    expect(Math.min(...lengths)).toBeGreaterThan(0.7);
    expect(Math.max(...lengths)).toBeLessThan(1.4);
  });

  it('follows the heart rate that the scenario asks for, without a jump', () => {
    const climb = scenarioOf({
      timeline: [
        { atSeconds: 0, activity: 'rest', heartRateBpm: 80 },
        { atSeconds: 20, activity: 'rest', heartRateBpm: 150, rampSeconds: 40 },
      ],
    });
    const rates = truthOf(live(climb, 120)).map((window) => window.heartRateBpm);
    expect(rates[4]).toBeLessThan(90);
    expect(rates.at(-1)).toBeGreaterThan(140);
    rates.slice(1).forEach((rate, i) => expect(Math.abs(rate - rates[i]!)).toBeLessThan(8));
  });

  it('jumps at once where the scenario says so', () => {
    const jump = scenarioOf({
      timeline: [
        { atSeconds: 0, activity: 'rest', heartRateBpm: 80 },
        { atSeconds: 20, activity: 'rest', heartRateBpm: 170, atOnce: true },
      ],
    });
    const rates = truthOf(live(jump, 40)).map((window) => window.heartRateBpm);
    expect(rates[6]).toBeLessThan(86);
    expect(Math.abs((rates[10] ?? 0) - 170)).toBeLessThan(6);
  });

  it.each([
    ['walking', 108],
    ['stairs', 96],
    ['running', 162],
  ] as const)('steps at its cadence while %s, and disturbs the light', (activity, cadence) => {
    const timeline = [{ atSeconds: 0, activity, heartRateBpm: 72 }];
    const moving = settled({ timeline });
    const still = settled({});
    const [x, y, z] = [0, 1, 2].map((axis) => samples(framesOf(moving).slice(0, 16), 1, axis));
    const lengths = x!.map((value, i) => Math.hypot(value, y![i]!, z![i]!));
    expect(Math.abs(strongestBpm(lengths, 50) - cadence)).toBeLessThan(8);
    const truth = truthOf(moving).at(-1)!;
    expect(truth).toMatchObject({ activity, transition: false });
    expect(Math.abs(truth.cadencePerMinute - cadence)).toBeLessThan(6);
    const withoutArtefact = settled({ timeline, sensor: { artefact: 0 } });
    expect(lightOf(moving)).toBeGreaterThan(1.15 * lightOf(withoutArtefact));
    expect(lightOf(withoutArtefact)).toBeLessThan(1.15 * lightOf(still));
  });

  it('names a transition', () => {
    const timeline = [
      { atSeconds: 0, activity: 'rest', heartRateBpm: 70 },
      { atSeconds: 10, activity: 'walking', heartRateBpm: 90 },
    ];
    const truth = truthOf(live(scenarioOf({ timeline }), 30));
    expect(truth.map(({ activity, transition }) => `${activity}${transition ? '*' : ''}`)).toEqual([
      'rest',
      'rest',
      'rest*',
      'rest*',
      'walking*',
      'walking',
      'walking',
      'walking',
      'walking',
      'walking',
      'walking',
      'walking',
    ]);
  });

  describe('faults', () => {
    it('loose: all but loses the pulse, and is noticed after 20 s', () => {
      const seconds = live(withFault('loose', 20, 60), 80);
      const frames = framesOf(seconds);
      const pulse = (from: number) => {
        const rate = truthOf(seconds).find((one) => one.window === from / 2)!.heartRateBpm;
        return component(samples(frames.slice(from, from + 8), 0, 0), 50, rate);
      };
      expect(pulse(40)).toBeLessThan(pulse(10) / 3);
      expect(pulse(70)).toBeGreaterThan(pulse(40) * 3);
      expect(frames.map((frame) => frame.worn).indexOf(false)).toBe(40);
      expect(frames[60]!.worn).toBe(true);
      const truth = truthOf(seconds);
      expect(truth.map((window) => window.signal)).toEqual(
        truth.map(({ window }) => (window * 2 + 8 > 20 && window * 2 < 60 ? 'disturbed' : 'good')),
      );
    });

    it('sensor-off: not worn, still, no pulse', () => {
      const frames = framesOf(live(withFault('sensor-off', 10, 20), 20)).slice(13);
      expect(frames.every((frame) => frame.worn === false)).toBe(true);
      expect(spread(samples(frames, 1, 0))).toBeLessThan(30);
    });

    it('flat-line: one value', () => {
      const frames = framesOf(live(withFault('flat-line', 10, 12), 12));
      expect(new Set(samples(frames.slice(10), 0, 0)).size).toBe(1);
      expect(new Set(samples(frames.slice(0, 10), 0, 0)).size).toBeGreaterThan(100);
    });

    it('nan: the station refuses these frames and no others', () => {
      const accepted = framesOf(live(withFault('nan', 3, 5), 8)).map((frame) => {
        const decoded = decodeFrame(encodeFrame(frame));
        return decoded.ok || decoded.reason;
      });
      expect(accepted).toEqual([true, true, true, 'bad-scale', 'bad-scale', true, true, true]);
    });

    it('cadence-lock: steps in time with the heart', () => {
      const timeline = [{ atSeconds: 0, activity: 'walking', heartRateBpm: 95 }];
      const truth = truthOf(live(withFault('cadence-lock', 0, 60, { timeline }), 60)).at(-1)!;
      expect(Math.abs(truth.cadencePerMinute - truth.heartRateBpm)).toBeLessThan(5);
    });

    it('fading: the pulse grows weak and goes, while the sensor sits well', () => {
      const seconds = live(withFault('fading', 20, 60), 80);
      const frames = framesOf(seconds);
      const pulse = (from: number) =>
        component(samples(frames.slice(from, from + 8), 0, 0), 50, 72);
      expect(pulse(30)).toBeLessThan(0.8 * pulse(10));
      expect(pulse(42)).toBeLessThan(pulse(10) / 10);
      expect(pulse(70)).toBeGreaterThan(pulse(42) * 10);
      expect(frames.every((frame) => frame.worn)).toBe(true);
      const level = (from: number) => mean(samples(frames.slice(from, from + 8), 0, 0));
      expect(level(42) / level(10)).toBeCloseTo(1, 1);
      expect(truthOf(seconds).at(21)).toMatchObject({ window: 21, signal: 'disturbed' });
    });

    it.each(['silent', 'offline'])('%s: says what becomes of the frames', (kind) => {
      const seconds = live(withFault(kind, 3, 5), 7);
      const reaches = seconds.map((second) => (second.alive ? second.reach : 'dead'));
      expect(reaches).toEqual(['online', 'online', 'online', kind, kind, 'online', 'online']);
    });

    it('battery-death: silence, then a new boot whose clock and windows start at 0', () => {
      const seconds = live(withFault('battery-death', 10, 15), 30);
      expect(seconds.map((second) => second.alive).lastIndexOf(false)).toBe(14);
      const [first, second] = [framesOf(seconds.slice(0, 10)), framesOf(seconds.slice(15))];
      expect(first.at(-1)).toMatchObject({ bootId: 'b-0', sequence: 9 });
      expect(second[0]).toMatchObject({ bootId: 'b-1', sequence: 0, monotonicUs: 0 });
      expect(second[0]!.wallClockMs).toBe(first[0]!.wallClockMs! + 15_000);
      expect(truthOf(seconds).map((one) => `${one.bootId}/${one.window}`)).toEqual([
        'b-0/0',
        'b-0/1',
        'b-1/0',
        'b-1/1',
        'b-1/2',
        'b-1/3',
      ]);
    });
  });
});
