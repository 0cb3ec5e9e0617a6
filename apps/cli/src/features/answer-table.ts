import type { ModelId } from '@app/contracts';
import type { ModelState, OnnxModel } from '@app/inference';
import { PatientBelief, SPECTRAL_MODEL, type PreparedWindow, type WindowResult } from '@app/vitals';
import type { NamedArray } from './array-file.js';

/**
 * What the chain answers for a window, in the order of the array `answer`; NaN where it answers nothing. The last four: the
 * belief's standard deviation, and what it says by then of the window four before (8 s), with its interval.
 */
const COLUMNS: readonly ((result: WindowResult, belief: PatientBelief) => number | null)[] = [
  ({ heartRate }) => heartRate.estimateBpm,
  ({ heartRate }) => heartRate.lowBpm,
  ({ heartRate }) => heartRate.highBpm,
  ({ heartRate }) => heartRate.bpm,
  ({ heartRate }) => heartRate.secondOpinionBpm,
  ({ quality }) => quality,
  ({ heartRate }) => (heartRate.model.name === SPECTRAL_MODEL.name ? 0 : 1),
  (_, { deviationBpm }) => deviationBpm,
  ({ heartRate }) => heartRate.lagged?.bpm ?? null,
  ({ heartRate }) => heartRate.lagged?.lowBpm ?? null,
  ({ heartRate }) => heartRate.lagged?.highBpm ?? null,
];

/** No activity network runs here: it does not touch the heart rate. */
const NO_ACTIVITY: ModelId = { name: 'none', version: '1.0.0' };

/** Network and belief over the windows of one recording, as the processor runs them; `null` is the spectrum alone. */
export async function answerTable(
  windows: readonly PreparedWindow[],
  model: OnnxModel | null,
): Promise<NamedArray> {
  const belief = new PatientBelief();
  const models = { heartRate: model?.id ?? SPECTRAL_MODEL, activity: NO_ACTIVITY };
  let state: ModelState | null = null;
  const values = new Float32Array(windows.length * COLUMNS.length);
  for (const [row, window] of windows.entries()) {
    let heartRateLogits: Float32Array | null = null;
    if (model !== null && window.heartRate !== null) {
      const { features, restart } = window.heartRate;
      const [answer] = await model.run([
        { inputs: { x: features }, state: restart ? null : state },
      ]);
      heartRateLogits = answer?.outputs['logits'] ?? null;
      state = answer?.state ?? null;
    }
    const result = belief.update(window, { heartRateLogits, activityLogits: null }, models);
    COLUMNS.forEach(
      (column, c) => (values[row * COLUMNS.length + c] = column(result, belief) ?? NaN),
    );
  }
  return { name: 'answer', shape: [windows.length, COLUMNS.length], values };
}
