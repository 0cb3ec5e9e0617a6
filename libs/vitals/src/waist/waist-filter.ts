import type { Posture } from '@app/contracts';
import { ACTIVITY_STEP_S } from '../activity/activity-classes.js';
import { type ActivityEstimate, LEAST_CONFIDENCE } from '../activity/activity-filter.js';
import { cadencePerMinute } from '../activity/cadence.js';
import type { WaistInput } from './prepare-waist-input.js';
import { WAIST_CLASSES, type WaistClass } from './waist-classes.js';

/** Structured-cloneable state of a `WaistFilter`. */
export interface WaistFilterSnapshot {
  belief: Float64Array;
  window: number | null;
}

/**
 * Bouts at the waist are short (12 to 20 s in the data): a slow filter cost two points of accuracy there. Windows come every
 * 2 s and do not overlap (the network sees 2.56 s), so each counts as it is.
 */
export const WAIST_FILTER = { leavePerSecond: 0.05, evidenceWeight: 1 } as const;

const COUNT = WAIST_CLASSES.length;
/** What is said of each class. */
const SAID: Record<WaistClass, { class: ActivityEstimate['class']; posture: Posture | null }> = {
  walking: { class: 'walking', posture: null },
  upstairs: { class: 'stairs', posture: null },
  downstairs: { class: 'stairs', posture: null },
  sitting: { class: 'rest', posture: 'sitting' },
  standing: { class: 'rest', posture: 'standing' },
  lying: { class: 'rest', posture: 'lying' },
  transition: { class: 'other', posture: null },
};

/** What the wearer of a device at the waist or in a pocket is doing: a causal filter over the network's answers. */
export class WaistFilter {
  private belief = new Float64Array(COUNT).fill(1 / COUNT);
  private window: number | null = null;

  static restore({ belief, window }: WaistFilterSnapshot): WaistFilter {
    const filter = new WaistFilter();
    filter.belief = belief.slice();
    filter.window = window;
    return filter;
  }

  save(): WaistFilterSnapshot {
    return { belief: this.belief.slice(), window: this.window };
  }

  reset(): void {
    this.belief.fill(1 / COUNT);
    this.window = null;
  }

  /** The next window, in order. `logits`: the network's answer to `input`, or null when it did not run. */
  update(window: number, input: WaistInput | null, logits: Float32Array | null): ActivityEstimate {
    const steps = this.window === null ? 1 : Math.max(1, window - this.window);
    this.window = window;
    this.wait(steps * ACTIVITY_STEP_S);
    if (input === null || logits === null || !logits.every(Number.isFinite)) {
      return { class: 'unknown', confidence: 0, cadencePerMinute: null };
    }
    this.weigh(logits);
    const sums = new Map<string, number>();
    for (const [i, name] of WAIST_CLASSES.entries()) {
      const said = SAID[name].class;
      sums.set(said, (sums.get(said) ?? 0) + this.belief[i]!);
    }
    // first the kind of activity, so that a doubt between two postures is none about rest
    const [named, confidence] = [...sums].reduce((best, one) => (one[1] > best[1] ? one : best));
    const rounded = Math.round(confidence * 1000) / 1000;
    if (confidence < LEAST_CONFIDENCE) {
      return { class: 'unknown', confidence: rounded, cadencePerMinute: null };
    }
    return {
      class: named as ActivityEstimate['class'],
      confidence: rounded,
      cadencePerMinute: named === 'walking' ? cadenceOf(input.magnitude) : null,
      posture: this.posture(),
    };
  }

  private posture(): Posture | null {
    const best = this.belief.reduce((top, p, i) => (p > this.belief[top]! ? i : top), 0);
    return this.belief[best]! >= LEAST_CONFIDENCE ? SAID[WAIST_CLASSES[best]!].posture : null;
  }

  /** Time without evidence: the belief drifts towards knowing nothing. */
  private wait(seconds: number): void {
    const kept = (1 - (WAIST_FILTER.leavePerSecond * COUNT) / (COUNT - 1)) ** seconds;
    this.belief = this.belief.map((p) => 1 / COUNT + (p - 1 / COUNT) * kept);
  }

  private weigh(logits: Float32Array): void {
    const highest = logits.reduce((high, logit) => Math.max(high, logit), -Infinity);
    const weights = this.belief.map(
      (p, i) => p * Math.exp(WAIST_FILTER.evidenceWeight * (logits[i]! - highest)),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    this.belief = weights.map((weight) => weight / total);
  }
}

function cadenceOf(magnitude: Float32Array): number | null {
  const cadence = cadencePerMinute(magnitude, 'walking');
  return cadence === null ? null : Math.round(cadence * 10) / 10;
}
