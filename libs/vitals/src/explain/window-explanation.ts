import type {
  Effect,
  ExplainedPart,
  HeartRateExplanation,
  HidablePart,
  WindowSpectra,
} from '@app/contracts';
import { featurePlanes } from '../feature-planes.js';
import { BIN_COUNT, bpmOfBin } from '../heart-rate-bins.js';
import { SPECTRAL_MODEL } from '../belief-settings.js';
import { intervalTail } from '../interval-tails.js';
import {
  type ModelsInForce,
  PatientBelief,
  type PatientBeliefSnapshot,
} from '../patient-belief.js';
import type { HeartRateInput, PreparedWindow } from '../prepared-window.js';
import { spectralEvidence } from '../spectral-evidence.js';
import { hidableParts } from './hidable-parts.js';
import { hidePart } from './hide-part.js';
import { RateBelief, distributionOf, medianOf, rounded } from './rate-belief.js';
import { windowRhythm } from './window-rhythm.js';
import { windowSpectra } from './window-spectra.js';

/** One row for the network. */
export interface Question {
  features: Float32Array;
  /** Whether it is to be asked without the state that earlier windows left. */
  withoutState: boolean;
}

/** A window with light, and what was known before it. */
export interface WindowToExplain {
  window: PreparedWindow;
  heartRate: HeartRateInput;
  before: PatientBeliefSnapshot;
  models: ModelsInForce;
  /** Steps per minute in the window; null when none were counted. */
  stepsPerMinute: number | null;
}

/**
 * Why a window got its heart rate. Pure: whoever holds the network asks it the `questions` and hands the answers over.
 * Without a network the answers are `answerWithoutNetwork`'s.
 */
export class WindowExplanation {
  private readonly spectra: WindowSpectra;
  private readonly cadence: HeartRateExplanation['cadence'];
  private readonly belief: RateBelief;
  private readonly result: Float64Array;
  private readonly answered: number;
  private readonly parts: readonly HidablePart[];

  /** @param logits the answer to the window as it is. */
  constructor(
    private readonly of: WindowToExplain,
    logits: Float32Array,
  ) {
    const { window, heartRate, before, models, stepsPerMinute } = of;
    this.spectra = windowSpectra(heartRate);
    this.cadence = windowRhythm(stepsPerMinute, this.spectra, window.motion);
    this.belief = new RateBelief(before, window, models);
    this.result = this.belief.after(logits);
    this.answered = this.result.reduce((best, p, i) => (p > this.result[best]! ? i : best), 0);
    this.parts = hidableParts(
      bpmOfBin(this.answered),
      this.cadence?.perMinute ?? null,
      heartRate.signals.motionHigh.length > 0,
    );
  }

  /** One question for each part, in their order. */
  questions(parts: readonly HidablePart[] = this.parts): Question[] {
    const { features, signals } = this.of.heartRate;
    return parts.map((part) =>
      part.kind === 'earlier-windows'
        ? { features, withoutState: true }
        : { features: featurePlanes(hidePart(signals, part)), withoutState: false },
    );
  }

  /** @param answers logits, in the order of the questions; null where there is none. */
  conclude(answers: readonly (Float32Array | null)[]): HeartRateExplanation {
    const by = this.of.models.heartRate.name === SPECTRAL_MODEL.name ? 'spectrum' : 'network';
    const tail = intervalTail(this.of.window.motion, by);
    return {
      bins: Array.from({ length: BIN_COUNT }, (_, bin) => bpmOfBin(bin)),
      spectra: this.spectra,
      answeredBpm: bpmOfBin(this.answered),
      cadence: this.cadence,
      prior: distributionOf(this.belief.prior, tail),
      network: distributionOf(this.belief.likelihoodIn(this.result), tail),
      result: distributionOf(this.result, tail),
      parts: this.effects(this.parts, answers).toSorted(byEffect),
    };
  }

  /** What hiding each of these parts does; those without an answer are left out. */
  effects(
    parts: readonly HidablePart[],
    answers: readonly (Float32Array | null)[],
  ): ExplainedPart[] {
    return parts.flatMap((part, i) => {
      const logits = answers[i] ?? null;
      return logits === null ? [] : [this.effectsOf(part, logits)];
    });
  }

  private effectsOf(part: HidablePart, logits: Float32Array): ExplainedPart {
    const { window, models } = this.of;
    const belief =
      part.kind === 'earlier-windows'
        ? new RateBelief(new PatientBelief().save(), window, models)
        : this.belief;
    const result = belief.after(logits);
    return {
      part,
      result: this.effect(this.result, result),
      network: this.effect(this.belief.likelihoodIn(this.result), belief.likelihoodIn(result)),
    };
  }

  private effect(whole: Float64Array, without: Float64Array): Effect {
    const bpm = medianOf(without);
    return {
      bpm: rounded(bpm, 100),
      shiftBpm: rounded(bpm - medianOf(whole), 100),
      probabilityDrop: rounded(whole[this.answered]! - without[this.answered]!, 1e4),
    };
  }
}

/** What stands in for the network's answer when there is no network. */
export function answerWithoutNetwork({ features }: Question): Float32Array {
  return spectralEvidence(features).logLikelihood;
}

/** Furthest first; where two move the result alike, the one that makes the answer less probable. */
function byEffect(a: ExplainedPart, b: ExplainedPart): number {
  return (
    Math.abs(b.result.shiftBpm) - Math.abs(a.result.shiftBpm) ||
    b.result.probabilityDrop - a.result.probabilityDrop
  );
}
