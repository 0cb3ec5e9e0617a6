import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Frame } from '@app/contracts';
import { GridResampler } from '@app/signal';
import { ACTIVITY_RATE_HZ, SignalLane } from '@app/vitals';

/** `recordings.json` of the input folder; the samples of all lie one after the other in `acceleration.f32`. */
const recordingsSchema = z.array(
  z.strictObject({
    name: z.string().min(1),
    sampleRateHz: z.number().min(5).max(1000),
    /** Samples (x, y, z each), in g with gravity. */
    samples: z.number().int().positive(),
  }),
);

/** `features.json` of the output folder. */
export interface ActivityFeatures {
  name: string;
  /** Rows (x, y, z) of `grid.f32`: the acceleration on the 25 Hz grid, from the recording's start. */
  gridSamples: number;
  /** Which windows have a row (3 × 125) in `windows.f32`: window k ends 2k + 8 s after the recording's start. */
  windows: number[];
}

/** Resolution of the imitated sensor: 1/4096 g, that of a 16-bit converter for ±8 g. */
const COUNTS_PER_G = 4096;

/**
 * Pushes recordings through the code that serves (resampler, signal lane, input preparation) and writes what comes out,
 * so that a network is trained on exactly what it will see. All files are little-endian float32, row-major.
 */
export async function exportActivityFeatures(
  input: string,
  output: string,
  onProgress: (done: number, of: number) => void = () => {},
): Promise<ActivityFeatures[]> {
  const recordings = recordingsSchema.parse(
    JSON.parse(await readFile(join(input, 'recordings.json'), 'utf8')),
  );
  await mkdir(output, { recursive: true });
  const samples = await open(join(input, 'acceleration.f32'));
  const grid = await open(join(output, 'grid.f32'), 'w');
  const windows = await open(join(output, 'windows.f32'), 'w');
  const features: ActivityFeatures[] = [];
  try {
    for (const [index, { name, sampleRateHz, samples: length }] of recordings.entries()) {
      const bytes = Buffer.alloc(12 * length);
      const { bytesRead } = await samples.read(bytes, 0, bytes.length);
      if (bytesRead !== bytes.length) throw new Error(`acceleration.f32 ends inside ${name}`);
      const frames = framesOf(bytes, sampleRateHz);
      const onGrid = gridOf(frames);
      await grid.write(onGrid);
      const lane = new SignalLane();
      const numbers: number[] = [];
      for (const frame of frames) {
        for (const { window, activity } of lane.push(frame)) {
          if (activity === null) continue;
          numbers.push(window);
          await windows.write(bytesOf(activity));
        }
      }
      features.push({ name, gridSamples: onGrid.length / 12, windows: numbers });
      onProgress(index + 1, recordings.length);
    }
  } finally {
    await Promise.all([samples.close(), grid.close(), windows.close()]);
  }
  await writeFile(join(output, 'features.json'), JSON.stringify(features));
  return features;
}

/** Frames of one second, as a device would send them. */
function framesOf(bytes: Buffer, sampleRateHz: number): Frame[] {
  const total = bytes.length / 12;
  const perFrame = Math.max(1, Math.round(sampleRateHz));
  const frames: Frame[] = [];
  for (let first = 0; first < total; first += perFrame) {
    const count = Math.min(perFrame, total - first);
    const axis = (offset: number) =>
      Int32Array.from({ length: count }, (_, i) =>
        Math.round(bytes.readFloatLE(12 * (first + i) + 4 * offset) * COUNTS_PER_G),
      );
    frames.push({
      device: 'recording',
      bootId: 'recording',
      sequence: frames.length,
      monotonicUs: Math.round((first * 1e6) / sampleRateHz),
      wallClockMs: null,
      wallClockSource: 'unspecified',
      sentMonotonicUs: null,
      position: 'wrist',
      blocks: [
        {
          kind: 'accelerometer',
          sampleRateHz,
          unit: 'g',
          scale: 1 / COUNTS_PER_G,
          offset: 0,
          channels: [
            { wavelengthNm: null, axis: 'x', samples: axis(0) },
            { wavelengthNm: null, axis: 'y', samples: axis(1) },
            { wavelengthNm: null, axis: 'z', samples: axis(2) },
          ],
        },
      ],
      battery: null,
      worn: null,
      charging: null,
    });
  }
  return frames;
}

function gridOf(frames: readonly Frame[]): Buffer {
  const resampler = new GridResampler(3, ACTIVITY_RATE_HZ);
  const rows: number[] = [];
  for (const { monotonicUs, blocks } of frames) {
    for (const { sampleRateHz, channels, scale } of blocks) {
      const columns = channels.map((channel) =>
        Float64Array.from(channel.samples, (s) => s * scale),
      );
      const { count, columns: out } = resampler.push(monotonicUs, sampleRateHz, columns);
      for (let i = 0; i < count; i++) rows.push(...out.map((column) => column[i]!));
    }
  }
  return bytesOf(Float32Array.from(rows));
}

function bytesOf(values: Float32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}
