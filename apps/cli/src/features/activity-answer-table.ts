import type { OnnxModel } from '@app/inference';
import { ACTIVITY_CLASSES, ActivityFilter, type PreparedWindow } from '@app/vitals';
import type { NamedArray } from './array-file.js';

/** Class, confidence and cadence, then the network's log-odds. */
const FILTERED = 3;

/**
 * Network and filter over the windows of one recording, as the processor runs them: the index of the class in
 * `ACTIVITY_CLASSES`, its confidence, the cadence, and the log-odds; NaN where there is none.
 */
export async function activityAnswerTable(
  windows: readonly PreparedWindow[],
  model: OnnxModel,
): Promise<NamedArray> {
  const columns = FILTERED + ACTIVITY_CLASSES.length;
  const values = new Float32Array(windows.length * columns).fill(NaN);
  const rows = windows.flatMap(({ activity }) => (activity ? [{ inputs: { x: activity } }] : []));
  const answers = await model.run(rows);
  const filter = new ActivityFilter();
  let next = 0;
  for (const [row, { window, activity }] of windows.entries()) {
    const logits = activity === null ? null : (answers[next++]?.outputs['logits'] ?? null);
    const { class: named, confidence, cadencePerMinute } = filter.update(window, activity, logits);
    values.set(
      [ACTIVITY_CLASSES.indexOf(named), confidence, cadencePerMinute ?? NaN, ...(logits ?? [])],
      row * columns,
    );
  }
  return { name: 'activityAnswer', shape: [windows.length, columns], values };
}
