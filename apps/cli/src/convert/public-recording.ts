import type { SampleBlock } from '@app/contracts';
import type { Matrix } from './mat-file.js';
import { rowOf } from './mat-file.js';

/** A recording of a public data set, as it was published. */
export interface PublicRecording {
  /** Name of the device, and of the files that are made of it. */
  device: string;
  blocks: SampleBlock[];
  reference: Reference;
}

/** A recording that is not read yet. */
export interface RecordingFile {
  device: string;
  /** Throws a DataSetError when the files are not as documented. */
  read: () => PublicRecording;
}

/** The heart rate that the data set's authors publish. */
export interface Reference {
  /** Where it comes from, for people. */
  source: string;
  windows: { window: number; bpm: number }[];
}

/** A data set that is not as its documentation says; the message names the file. */
export class DataSetError extends Error {
  override name = 'DataSetError';
}

/** Rows of a matrix as integers; throws when the published values are no multiples of `scale`. */
export function integerRows(
  matrix: Matrix,
  rows: readonly number[],
  scale: number,
  subtract = 0,
): Int32Array[] {
  return rows.map((row) =>
    Int32Array.from(rowOf(matrix, row), (value) => {
      const steps = (value - subtract) / scale;
      const whole = Math.round(steps);
      if (!(Math.abs(steps - whole) < 1e-6)) {
        throw new DataSetError(`the value ${value} is no multiple of ${scale}`);
      }
      return whole;
    }),
  );
}

export function ppgBlock(
  sampleRateHz: number,
  scale: number,
  wavelengthNm: number,
  channels: Int32Array[],
): SampleBlock {
  return {
    kind: 'ppg',
    sampleRateHz,
    unit: 'counts',
    scale,
    offset: 0,
    channels: channels.map((samples) => ({ wavelengthNm, axis: null, samples })),
  };
}

export function accelerometerBlock(
  sampleRateHz: number,
  scale: number,
  channels: Int32Array[],
): SampleBlock {
  const axes = ['x', 'y', 'z'] as const;
  return {
    kind: 'accelerometer',
    sampleRateHz,
    unit: 'g',
    scale,
    offset: 0,
    channels: axes.map((axis, i) => ({ wavelengthNm: null, axis, samples: channels[i]! })),
  };
}

export function matrixNamed(file: string, matrices: Map<string, Matrix>, name: string): Matrix {
  const matrix = matrices.get(name);
  if (matrix === undefined) throw new DataSetError(`${file} holds no matrix ${name}`);
  return matrix;
}

/** Label k belongs to the window [2k, 2k + 8) s of the recording, in both data sets. */
export function windowsOf(labels: Matrix): Reference['windows'] {
  return Array.from(labels.values, (bpm, window) => ({ window, bpm }));
}
