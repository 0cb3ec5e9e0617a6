import { GridResampler } from '@app/signal';
import { ACTIVITY_RATE_HZ } from '@app/vitals';
import type { NamedArray } from './array-file.js';
import type { Recording } from './recording-file.js';
import { recordingFrames } from './recording-frames.js';

/** Arrays of a recording's samples on the grid, and what they are made of. */
const SENSORS = {
  motion: { kind: 'accelerometer', unit: 'g' },
  rotation: { kind: 'gyroscope', unit: 'deg/s' },
} as const;

/** Acceleration in g, or turning in deg/s, on the 25 Hz grid from the recording's start: samples × 3. Empty when it has none. */
export function motionGrid(recording: Recording, name: keyof typeof SENSORS): NamedArray {
  const wanted = SENSORS[name];
  const resampler = new GridResampler(3, ACTIVITY_RATE_HZ);
  const rows: number[] = [];
  for (const { monotonicUs, blocks } of recordingFrames(recording)) {
    for (const { kind, unit, sampleRateHz, channels, scale, offset } of blocks) {
      if (kind !== wanted.kind) continue;
      if (unit !== wanted.unit)
        throw new Error(`${recording.name}: ${kind} in ${unit}; write it in ${wanted.unit}`);
      const columns = channels.map(({ samples }) =>
        Float64Array.from(samples, (sample) => sample * scale + offset),
      );
      const { count, columns: grid } = resampler.push(monotonicUs, sampleRateHz, columns);
      for (let i = 0; i < count; i++) rows.push(...grid.map((column) => column[i]!));
    }
  }
  return { name, shape: [rows.length / 3, 3], values: Float32Array.from(rows) };
}
