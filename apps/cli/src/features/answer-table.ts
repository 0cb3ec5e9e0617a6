import type { OnnxModel } from '@app/inference';
import { SPECTRAL_MODEL, type PreparedWindow } from '@app/vitals';
import { answeredWindows, type AnsweredWindow } from './answered-windows.js';
import type { NamedArray } from './array-file.js';

/**
 * What the chain answers for a window, in the order of the array `answer`; NaN where it answers nothing. The last four: the
 * belief's standard deviation, and what it says by then of the window four before (8 s), with its interval.
 */
const COLUMNS: readonly ((answer: AnsweredWindow) => number | null)[] = [
  ({ result }) => result.heartRate.estimateBpm,
  ({ result }) => result.heartRate.lowBpm,
  ({ result }) => result.heartRate.highBpm,
  ({ result }) => result.heartRate.bpm,
  ({ result }) => result.heartRate.secondOpinionBpm,
  ({ result }) => result.quality,
  ({ result }) => (result.heartRate.model.name === SPECTRAL_MODEL.name ? 0 : 1),
  ({ deviationBpm }) => deviationBpm,
  ({ result }) => result.heartRate.lagged?.bpm ?? null,
  ({ result }) => result.heartRate.lagged?.lowBpm ?? null,
  ({ result }) => result.heartRate.lagged?.highBpm ?? null,
];

/** What the chain answers to the windows of one recording; `null` is the spectrum alone. */
export async function answerTable(
  windows: readonly PreparedWindow[],
  model: OnnxModel | null,
): Promise<NamedArray> {
  const values = new Float32Array(windows.length * COLUMNS.length);
  let row = 0;
  for await (const answer of answeredWindows(windows, model)) {
    COLUMNS.forEach((column, c) => (values[row * COLUMNS.length + c] = column(answer) ?? NaN));
    row++;
  }
  return { name: 'answer', shape: [windows.length, COLUMNS.length], values };
}
