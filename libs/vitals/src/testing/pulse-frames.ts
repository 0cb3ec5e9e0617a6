import type { Frame, SampleBlock } from '@app/contracts';

export interface PulseOptions {
  bpm: number;
  seconds: number;
  /** Light and acceleration, samples per second. */
  rateHz?: number;
  frameSeconds?: number;
  startUs?: number;
  /** Cadence of an arm that swings, per minute; 0 for a still one. */
  cadence?: number;
  light?: boolean;
  motion?: boolean;
  worn?: boolean | null;
  /** Replaces the light. */
  lightAt?: (seconds: number, channel: number) => number;
}

/** Frames of a device with a pulse-shaped light signal and an arm that may swing; deterministic. */
export function pulseFrames(options: PulseOptions): Frame[] {
  const { seconds, rateHz = 25, frameSeconds = 1, startUs = 0 } = options;
  const perFrame = Math.round(frameSeconds * rateHz);
  const frames: Frame[] = [];
  for (let first = 0; first < Math.round(seconds * rateHz); first += perFrame) {
    const startS = first / rateHz;
    frames.push({
      device: 'test',
      bootId: 'boot',
      sequence: frames.length,
      monotonicUs: startUs + Math.round(startS * 1e6),
      wallClockMs: null,
      wallClockSource: 'unspecified',
      sentMonotonicUs: null,
      position: 'wrist',
      blocks: [
        ...(options.light === false ? [] : [lightBlock(options, startS, perFrame, rateHz)]),
        ...(options.motion === false ? [] : [motionBlock(options, startS, perFrame, rateHz)]),
      ],
      battery: 0.8,
      worn: options.worn ?? null,
      charging: null,
    });
  }
  return frames;
}

function lightBlock(
  options: PulseOptions,
  startS: number,
  length: number,
  rateHz: number,
): SampleBlock {
  const lightAt = options.lightAt ?? ((s: number, c: number) => pulse(options.bpm, s, c));
  return {
    kind: 'ppg',
    sampleRateHz: rateHz,
    unit: 'counts',
    scale: 1,
    offset: 0,
    channels: [0, 1].map((c) => ({
      wavelengthNm: 530,
      axis: null,
      samples: Int32Array.from({ length }, (_, i) => Math.round(lightAt(startS + i / rateHz, c))),
    })),
  };
}

/** A beat with its dicrotic wave, breathing, and a little noise of its own per channel. */
function pulse(bpm: number, seconds: number, channel: number): number {
  const phase = (2 * Math.PI * bpm * seconds) / 60;
  const beat = Math.sin(phase) + 0.4 * Math.sin(2 * phase + 1);
  const breath = 0.5 * Math.sin(2 * Math.PI * 0.25 * seconds);
  const noise = 0.1 * Math.sin(1e4 * seconds * (channel + 1));
  return 50_000 + 400 * (beat + breath + noise);
}

function motionBlock(
  options: PulseOptions,
  startS: number,
  length: number,
  rateHz: number,
): SampleBlock {
  const swing = (2 * Math.PI * (options.cadence ?? 0)) / 60;
  const axes = {
    x: (s: number) => 0.4 * Math.sin(swing * s),
    y: (s: number) => 0.2 * Math.sin(2 * swing * s),
    z: (s: number) => 1 + 0.002 * Math.sin(777 * s),
  };
  return {
    kind: 'accelerometer',
    sampleRateHz: rateHz,
    unit: 'g',
    scale: 1 / 4096,
    offset: 0,
    channels: (['x', 'y', 'z'] as const).map((axis) => ({
      wavelengthNm: null,
      axis,
      samples: Int32Array.from({ length }, (_, i) =>
        Math.round(4096 * axes[axis](startS + i / rateHz)),
      ),
    })),
  };
}
