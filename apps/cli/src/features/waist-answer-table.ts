import type { OnnxModel } from '@app/inference';
import { ACTIVITY_CLASSES, type PreparedWindow, WAIST_CLASSES, WaistFilter } from '@app/vitals';
import type { NamedArray } from './array-file.js';

/** Class, confidence, cadence and posture, then the network's log-odds. */
const FILTERED = 4;

/**
 * Network and filter over the windows of one recording of the waist, as the processor runs them: the index of the class in
 * `ACTIVITY_CLASSES`, its confidence, the cadence, the index of the posture in `WAIST_CLASSES`, and the log-odds; NaN where
 * there is none.
 */
export async function waistAnswerTable(
  windows: readonly PreparedWindow[],
  model: OnnxModel,
): Promise<NamedArray> {
  const columns = FILTERED + WAIST_CLASSES.length;
  const values = new Float32Array(windows.length * columns).fill(NaN);
  const rows = windows.flatMap(({ waist }) => (waist ? [{ inputs: { x: waist.features } }] : []));
  const answers = await model.run(rows);
  const filter = new WaistFilter();
  let next = 0;
  for (const [row, { window, waist }] of windows.entries()) {
    const logits = waist === null ? null : (answers[next++]?.outputs['logits'] ?? null);
    const said = filter.update(window, waist, logits);
    const posture = said.posture ? WAIST_CLASSES.indexOf(said.posture) : NaN;
    const { class: named, confidence, cadencePerMinute } = said;
    values.set(
      [
        ACTIVITY_CLASSES.indexOf(named),
        confidence,
        cadencePerMinute ?? NaN,
        posture,
        ...(logits ?? []),
      ],
      row * columns,
    );
  }
  return { name: 'waistAnswer', shape: [windows.length, columns], values };
}
