import type { HeartRate, HeartRateExplanation, Lane, ModelId } from '@app/contracts';

/** Which window is to be explained. */
export interface WindowAddress {
  patient: string;
  device: string;
  bootId: string;
  window: number;
  lane: Lane;
  /** Station's clock at its end, ms: its samples lie near it in the journal. */
  endMs: number;
}

/** To the explainer's process. */
export interface ExplainRequest {
  id: number;
  address: WindowAddress;
}

/** What was computed of a window, or why not. */
export type Explained =
  | {
      outcome: 'explained';
      recomputed: HeartRate;
      model: ModelId;
      replayedWindows: number;
      explanation: HeartRateExplanation | null;
      tookMs: number;
    }
  | { outcome: 'no-samples' }
  | { outcome: 'failed'; message: string };

/** From the explainer's process. */
export interface ExplainReply {
  id: number;
  explained: Explained;
}
