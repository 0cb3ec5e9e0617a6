import type { Activity } from '@app/contracts';
import { ACTIVITY_CLASSES, ACTIVITY_RATE_HZ, ACTIVITY_STEP_S } from './activity-classes.js';
import { CADENCE_SAMPLES, cadencePerMinute } from './cadence.js';
import { magnitudeOf } from './prepare-activity-input.js';
import { isStill } from './rest-gate.js';
import {
  predictActivity,
  uniformBelief,
  weighLogits,
  weighStillness,
} from './transition-filter.js';

/** A class is named from this belief on; below, the answer is `unknown`. */
export const LEAST_CONFIDENCE = 0.6;

/** An `Activity` without the name of the model, which its caller knows. */
export type ActivityEstimate = Omit<Activity, 'model'>;

/** Structured-cloneable state of an `ActivityFilter`; about 1 KB. */
export interface ActivityFilterSnapshot {
  version: 1;
  belief: Float64Array;
  /** Number of the last window, or null before the first. */
  window: number | null;
  /** |a| - 1 g of up to the last 8 s. */
  magnitude: Float32Array;
}

/**
 * What one lane's wearer is doing: a causal filter over the network's answers, so that a single odd window does not change
 * the class. It takes about two windows to follow a change. Deterministic; `save` and `restore` change nothing.
 */
export class ActivityFilter {
  private belief = uniformBelief();
  private window: number | null = null;
  private magnitude = new Float32Array(0);

  static restore(snapshot: ActivityFilterSnapshot): ActivityFilter {
    const filter = new ActivityFilter();
    filter.belief = snapshot.belief.slice();
    filter.window = snapshot.window;
    filter.magnitude = snapshot.magnitude.slice();
    return filter;
  }

  save(): ActivityFilterSnapshot {
    return {
      version: 1,
      belief: this.belief.slice(),
      window: this.window,
      magnitude: this.magnitude.slice(),
    };
  }

  /** Forgets everything: after a long gap, or for a new boot. */
  reset(): void {
    this.belief = uniformBelief();
    this.window = null;
    this.magnitude = new Float32Array(0);
  }

  /**
   * The next window, in order.
   *
   * @param window its number; numbers left out are time without evidence
   * @param input what `prepareActivityInput` made of it, or null when motion is missing or the device is not worn
   * @param logits the network's answer to `input`, in the order of `ACTIVITY_CLASSES`, or null when it did not run. A
   *   still wrist is at rest without it.
   */
  update(
    window: number,
    input: Float32Array | null,
    logits: Float32Array | null,
  ): ActivityEstimate {
    const steps = this.window === null ? 1 : Math.max(1, window - this.window);
    this.window = window;
    this.belief = predictActivity(this.belief, steps * ACTIVITY_STEP_S);
    if (input === null) {
      this.magnitude = new Float32Array(0);
      return { class: 'unknown', confidence: 0, cadencePerMinute: null };
    }
    const magnitude = magnitudeOf(input);
    this.remember(magnitude, steps);
    if (isStill(magnitude)) this.belief = weighStillness(this.belief);
    else if (logits) this.belief = weighLogits(this.belief, logits);
    return this.estimate();
  }

  private estimate(): ActivityEstimate {
    const best = this.belief.reduce((top, p, i) => (p > this.belief[top]! ? i : top), 0);
    const confidence = this.belief[best]!;
    const named = confidence >= LEAST_CONFIDENCE ? ACTIVITY_CLASSES[best]! : 'unknown';
    const cadence =
      named === 'walking' || named === 'running' ? cadencePerMinute(this.magnitude, named) : null;
    return {
      class: named,
      confidence: rounded(confidence, 1000),
      cadencePerMinute: cadence === null ? null : rounded(cadence, 10),
    };
  }

  /** Appends what is new of this window's 5 s to what is known of the 8 s before. */
  private remember(magnitude: Float32Array, steps: number): void {
    const fresh = steps * ACTIVITY_STEP_S * ACTIVITY_RATE_HZ;
    if (this.magnitude.length === 0 || fresh >= magnitude.length) {
      this.magnitude = magnitude.slice();
      return;
    }
    const joined = new Float32Array(this.magnitude.length + fresh);
    joined.set(this.magnitude);
    joined.set(magnitude.subarray(magnitude.length - fresh), this.magnitude.length);
    this.magnitude = joined.slice(-CADENCE_SAMPLES);
  }
}

/** More digits say nothing and fill the journal. */
function rounded(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
