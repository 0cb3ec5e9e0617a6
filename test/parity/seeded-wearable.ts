import type { Frame } from '@app/contracts';

/** A source of numbers in [0, 1) that a seed fixes (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface SeededWearable {
  device: string;
  bootId?: string;
  seed: number;
  seconds: number;
  /** Stretches in which nothing was sampled, s since boot. */
  gaps?: [from: number, to: number][];
  /** Length of a frame, s. Default 1. */
  frameSeconds?: number;
  /** The pulse at a second of the boot, BPM, and how strongly the arm swings, g; default: both wander. */
  bpmAt?: (second: number) => number;
  swingAt?: (second: number) => number;
}

const LIGHT_HZ = 50;
const MOTION_HZ = 50;

/** Frames of one boot: a pulse whose rate wanders, and an arm that swings now and then. */
export function seededFrames(wearable: SeededWearable): Frame[] {
  const { device, seed, seconds, gaps = [], frameSeconds = 1, bootId = 'boot-1' } = wearable;
  const random = seededRandom(seed);
  const bpm = 55 + 60 * random();
  const swingHz = 1 + random();
  const frames: Frame[] = [];
  let beats = random();
  for (let index = 0; index * frameSeconds < seconds; index++) {
    const start = index * frameSeconds;
    const swings = wearable.swingAt?.(start) ?? (Math.floor(start / 20) % 2 === 1 ? 0.3 : 0.01);
    const green: number[] = [];
    const infrared: number[] = [];
    for (let i = 0; i < LIGHT_HZ * frameSeconds; i++) {
      const t = start + i / LIGHT_HZ;
      beats += (wearable.bpmAt?.(t) ?? bpm + 8 * Math.sin(t / 25)) / 60 / LIGHT_HZ;
      const phase = 2 * Math.PI * beats;
      const pulse = Math.sin(phase) + 0.4 * Math.sin(2 * phase + 0.6);
      const motion = swings * 4 * Math.sin(2 * Math.PI * swingHz * t + 0.3);
      green.push(30_000 + 400 * (pulse + motion) + 40 * (random() - 0.5));
      infrared.push(50_000 + 300 * pulse + 500 * motion + 40 * (random() - 0.5));
    }
    const axes = [0, 1, 2].map((axis) =>
      Array.from({ length: MOTION_HZ * frameSeconds }, (_, i) => {
        const t = start + i / MOTION_HZ;
        const gravity = axis === 2 ? 1 : 0.05;
        return gravity + swings * Math.sin(2 * Math.PI * swingHz * t + axis) + 0.01 * random();
      }),
    );
    if (gaps.some(([from, to]) => start + frameSeconds > from && start < to)) continue;
    frames.push({
      device,
      bootId,
      sequence: index,
      monotonicUs: Math.round(start * 1e6),
      wallClockMs: null,
      wallClockSource: 'unspecified',
      sentMonotonicUs: null,
      position: 'wrist',
      blocks: [
        {
          kind: 'ppg',
          sampleRateHz: LIGHT_HZ,
          unit: 'counts',
          scale: 1,
          offset: 0,
          channels: [green, infrared].map((values, channel) => ({
            wavelengthNm: channel === 0 ? 530 : 880,
            axis: null,
            samples: Int32Array.from(values, Math.round),
          })),
        },
        {
          kind: 'accelerometer',
          sampleRateHz: MOTION_HZ,
          unit: 'g',
          scale: 1 / 4096,
          offset: 0,
          channels: axes.map((values, axis) => ({
            wavelengthNm: null,
            axis: (['x', 'y', 'z'] as const)[axis]!,
            samples: Int32Array.from(values, (g) => Math.round(g * 4096)),
          })),
        },
      ],
      battery: 0.8,
      worn: true,
      charging: false,
    });
  }
  return frames;
}
