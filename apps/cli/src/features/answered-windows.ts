import type { ModelId } from '@app/contracts';
import type { ModelState, OnnxModel } from '@app/inference';
import { PatientBelief, SPECTRAL_MODEL, type PreparedWindow, type WindowResult } from '@app/vitals';

export interface AnsweredWindow {
  window: PreparedWindow;
  result: WindowResult;
  /** Standard deviation of what is believed, BPM. */
  deviationBpm: number | null;
}

/** No activity network runs here: it does not touch the heart rate. */
const NO_ACTIVITY: ModelId = { name: 'none', version: '1.0.0' };

/** Network and belief over the windows of one recording, as the processor runs them; `null` is the spectrum alone. */
export async function* answeredWindows(
  windows: readonly PreparedWindow[],
  model: OnnxModel | null,
): AsyncGenerator<AnsweredWindow> {
  const belief = new PatientBelief();
  const models = { heartRate: model?.id ?? SPECTRAL_MODEL, activity: NO_ACTIVITY };
  let state: ModelState | null = null;
  for (const window of windows) {
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
    yield { window, result, deviationBpm: belief.deviationBpm };
  }
}
