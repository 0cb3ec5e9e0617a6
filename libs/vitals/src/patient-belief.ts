import type { Activity, HeartRate, ModelId } from '@app/contracts';
import type { PreparedWindow } from './prepared-window.js';

/** Structured-cloneable state of a `PatientBelief`. */
export interface PatientBeliefSnapshot {
  version: 1;
}

/** What the networks said of one window; null when the network did not run (no input, or it could not be loaded). */
export interface NetworkOutputs {
  /** 96 logits. */
  heartRateLogits: Float32Array | null;
  /** One logit per activity class. */
  activityLogits: Float32Array | null;
}

/** The models in force; `heartRate` is `spectral` when no heart-rate network could be loaded. */
export interface ModelsInForce {
  heartRate: ModelId;
  activity: ModelId;
}

export interface WindowResult {
  heartRate: HeartRate;
  /** 0 (useless) to 1 (clean). */
  quality: number;
  activity: Activity;
}

/** What is believed of one patient in one lane: heart rate with network, without, and activity. Deterministic. */
export class PatientBelief {
  static restore(_snapshot: PatientBeliefSnapshot): PatientBelief {
    return new PatientBelief();
  }

  save(): PatientBeliefSnapshot {
    return { version: 1 };
  }

  /** Forgets everything: after a gap of more than 30 s, or for a new boot. */
  reset(): void {}

  /** Windows in their order; called once per window. */
  update(window: PreparedWindow, _outputs: NetworkOutputs, models: ModelsInForce): WindowResult {
    return {
      heartRate: {
        bpm: null,
        withheld: window.withheld ?? 'acquiring',
        estimateBpm: null,
        lowBpm: null,
        highBpm: null,
        secondOpinionBpm: null,
        model: models.heartRate,
      },
      quality: 0,
      activity: { class: 'unknown', confidence: 0, cadencePerMinute: null, model: models.activity },
    };
  }
}
