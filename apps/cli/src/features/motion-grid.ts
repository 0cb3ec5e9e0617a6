import { GridResampler } from '@app/signal';
import { ACTIVITY_RATE_HZ } from '@app/vitals';
import type { NamedArray } from './array-file.js';
import type { Recording } from './recording-file.js';
import { recordingFrames } from './recording-frames.js';

/** Acceleration of a recording in g on the 25 Hz grid, from its start: samples × 3. Empty when it has none. */
export function motionGrid(recording: Recording): NamedArray {
  const resampler = new GridResampler(3, ACTIVITY_RATE_HZ);
  const rows: number[] = [];
  for (const { monotonicUs, blocks } of recordingFrames(recording)) {
    for (const { kind, unit, sampleRateHz, channels, scale, offset } of blocks) {
      if (kind !== 'accelerometer') continue;
      if (unit !== 'g')
        throw new Error(`${recording.name}: acceleration in ${unit}; write it in g`);
      const columns = channels.map(({ samples }) =>
        Float64Array.from(samples, (sample) => sample * scale + offset),
      );
      const { count, columns: grid } = resampler.push(monotonicUs, sampleRateHz, columns);
      for (let i = 0; i < count; i++) rows.push(...grid.map((column) => column[i]!));
    }
  }
  return { name: 'motion', shape: [rows.length / 3, 3], values: Float32Array.from(rows) };
}
