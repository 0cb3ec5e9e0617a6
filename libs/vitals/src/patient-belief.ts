import type { Activity, HeartRate, LaggedHeartRate, ModelId, Withheld } from '@app/contracts';
import { meanOf } from '@app/signal';
import { ActivityFilter, type ActivityFilterSnapshot } from './activity/index.js';
import { ABSTENTION, reasonToWithhold } from './abstention.js';
import { NETWORK_BELIEF, SPECTRAL_BELIEF, SPECTRAL_MODEL } from './belief-settings.js';
import { supportOf } from './evidence-support.js';
import { FixedLag, type FixedLagSnapshot, LAG_WINDOWS } from './fixed-lag.js';
import { HeartRateBelief, type HeartRateEstimate } from './heart-rate-belief.js';
import { intervalTail } from './interval-tails.js';
import { isStillWrist, octaveOf } from './octave-check.js';
import type { MotionLevel, PreparedWindow } from './prepared-window.js';
import { signalQuality } from './signal-quality.js';
import { activityModelFor, WaistFilter, type WaistFilterSnapshot } from './waist/index.js';

/** Structured-cloneable state of a `PatientBelief`; about 10 KB. */
export interface PatientBeliefSnapshot {
  version: 1;
  network: Float64Array | null;
  spectral: Float64Array | null;
  activity: ActivityFilterSnapshot;
  waist: WaistFilterSnapshot;
  window: number | null;
  informed: number;
  supports: number[];
  lag: { network: FixedLagSnapshot; spectral: FixedLagSnapshot; before: Earlier[] };
}

/** What is remembered of a window for the look back on it. */
interface Earlier {
  /** Whether the network had its say. */
  hadSay: boolean;
  /** How far its interval reaches depends on it. */
  motion: MotionLevel | null;
}

/** What the networks said of one window; null when the network did not run (no input, or it could not be loaded). */
export interface NetworkOutputs {
  /** 96 logits. */
  heartRateLogits: Float32Array | null;
  /** One logit per activity class. */
  activityLogits: Float32Array | null;
  /** One logit per class of the waist, of a device worn there. */
  waistLogits?: Float32Array | null;
}

/** The models in force; `heartRate` is `SPECTRAL_MODEL` when no heart-rate network could be loaded. */
export interface ModelsInForce {
  heartRate: ModelId;
  activity: ModelId;
  /** Answers in place of `activity` for devices at the waist or in a pocket. */
  waist?: ModelId;
}

export interface WindowResult {
  heartRate: HeartRate;
  /** 0 (useless) to 1 (clean). */
  quality: number;
  activity: Activity;
}

/** Signs what no model answered. */
const NO_MODEL: ModelId = { name: 'none', version: '1.0.0' };

/** Windows without evidence after which a belief says nothing any more: 30 s. */
const FORGET_WINDOWS = 15;

/** What is believed of one patient in one lane: heart rate with network, without, and activity. Deterministic. */
export class PatientBelief {
  private readonly network = new HeartRateBelief(NETWORK_BELIEF);
  private readonly spectral = new HeartRateBelief(SPECTRAL_BELIEF);
  private activity = new ActivityFilter();
  private waist = new WaistFilter();
  /** The last window, or null before the first. */
  private window: number | null = null;
  /** Windows with evidence since the start or the last restart. */
  private informed = 0;
  /** Support of the last windows that the network answered. */
  private supports: number[] = [];
  private readonly networkLag = new FixedLag(NETWORK_BELIEF);
  private readonly spectralLag = new FixedLag(SPECTRAL_BELIEF);
  /** Standard deviation of the last estimate, BPM; for evaluation. */
  deviationBpm: number | null = null;
  /** The last windows, the oldest first. */
  private earlier: Earlier[] = [];

  static restore(snapshot: PatientBeliefSnapshot): PatientBelief {
    const belief = new PatientBelief();
    belief.network.restore(snapshot.network);
    belief.spectral.restore(snapshot.spectral);
    belief.activity = ActivityFilter.restore(snapshot.activity);
    belief.waist = WaistFilter.restore(snapshot.waist);
    belief.window = snapshot.window;
    belief.informed = snapshot.informed;
    belief.supports = [...snapshot.supports];
    belief.networkLag.restore(snapshot.lag.network);
    belief.spectralLag.restore(snapshot.lag.spectral);
    belief.earlier = [...snapshot.lag.before];
    return belief;
  }

  save(): PatientBeliefSnapshot {
    return {
      version: 1,
      network: this.network.save(),
      spectral: this.spectral.save(),
      activity: this.activity.save(),
      waist: this.waist.save(),
      window: this.window,
      informed: this.informed,
      supports: [...this.supports],
      lag: {
        network: this.networkLag.save(),
        spectral: this.spectralLag.save(),
        before: [...this.earlier],
      },
    };
  }

  /** Forgets everything: after a gap of more than 30 s, or for a new boot. */
  reset(): void {
    this.forgetRate();
    this.activity.reset();
    this.waist.reset();
    this.window = null;
  }

  /** The next window, in order; numbers left out are time without evidence. */
  update(window: PreparedWindow, outputs: NetworkOutputs, models: ModelsInForce): WindowResult {
    this.skipTo(window.window);
    const { heartRate: input } = window;
    if (input?.restart === true) this.forgetRate();
    if (input !== null) this.informed++;
    this.step(input === null ? null : outputs.heartRateLogits, input?.second.logLikelihood ?? null);

    const spectral = this.spectral.estimate(intervalTail(window.motion, 'spectrum'));
    const hasNetwork = models.heartRate.name !== SPECTRAL_MODEL.name;
    const network = hasNetwork
      ? this.network.estimate(intervalTail(window.motion, 'network'))
      : null;
    const octave = hasNetwork ? octaveOf(this.network, this.spectral, window.motion) : 'none';
    // A doubled network has no say: the spectrum answers, under its own name.
    const hasSay = hasNetwork && octave !== 'doubled';
    const estimate = hasSay ? network : spectral;
    const second = hasSay ? spectral : null;
    this.deviationBpm = estimate?.deviationBpm ?? null;
    const isStill = isStillWrist(window.motion);
    const withheld =
      window.withheld ??
      reasonToWithhold(estimate, {
        informed: this.informed,
        second,
        isStill,
        support: hasSay ? this.support(outputs.heartRateLogits, network) : null,
      }) ??
      (octave === 'doubtful' ? 'disagreement' : null);
    return {
      heartRate: {
        ...heartRateOf(estimate, spectral, withheld, hasSay ? models.heartRate : SPECTRAL_MODEL),
        lagged: this.lagged(window.window, { hadSay: hasSay, motion: window.motion }),
      },
      quality: signalQuality(window, estimate, second),
      activity: this.activityOf(window, outputs, models),
    };
  }

  /** By the model of the place where the device is worn; of a device that is off the body nothing is said. */
  private activityOf(
    { window, worn, position, activity, waist }: PreparedWindow,
    outputs: NetworkOutputs,
    models: ModelsInForce,
  ): Activity {
    if (activityModelFor(position) === 'waist') {
      return {
        ...this.waist.update(window, worn === false ? null : waist, outputs.waistLogits ?? null),
        model: models.waist ?? NO_MODEL,
      };
    }
    return {
      ...this.activity.update(window, worn === false ? null : activity, outputs.activityLogits),
      model: models.activity,
    };
  }

  /** Of the window 8 s before, by whoever had the say then; by the spectrum when the network has lost it since. */
  private lagged(window: number, now: Earlier): LaggedHeartRate | null {
    this.remember(now);
    const hasSay = this.earlier.every(({ hadSay }) => hadSay);
    const tail = intervalTail(this.earlier[0]!.motion, hasSay ? 'network' : 'spectrum');
    const estimate = (hasSay ? this.networkLag : this.spectralLag).estimate(tail);
    if (estimate === null) return null;
    return {
      window: window - LAG_WINDOWS,
      bpm: toHundredths(estimate.bpm),
      lowBpm: toHundredths(estimate.lowBpm),
      highBpm: toHundredths(estimate.highBpm),
    };
  }

  /** Mean support of the last windows, this one included. */
  private support(logits: Float32Array | null, estimate: HeartRateEstimate | null): number | null {
    if (logits !== null && estimate !== null) {
      this.supports.push(supportOf(logits, estimate.bpm));
      this.supports = this.supports.slice(-ABSTENTION.supportWindows);
    }
    return this.supports.length === 0 ? null : meanOf(this.supports);
  }

  private skipTo(window: number): void {
    const skipped = this.window === null ? 0 : window - this.window - 1;
    this.window = window;
    if (skipped > FORGET_WINDOWS) this.forgetRate();
    else for (let i = 0; i < skipped; i++) this.withoutEvidence();
  }

  private withoutEvidence(): void {
    this.step(null, null);
    this.remember({ ...(this.earlier.at(-1) ?? { hadSay: true, motion: null }) });
  }

  private remember(window: Earlier): void {
    this.earlier = [...this.earlier, window].slice(-LAG_WINDOWS - 1);
  }

  /** One window on, for the filters and for what looks back on them. */
  private step(networkLogits: Float32Array | null, spectralLogits: Float32Array | null): void {
    this.network.update(networkLogits);
    this.networkLag.push(this.network.save(), networkLogits);
    this.spectral.update(spectralLogits);
    this.spectralLag.push(this.spectral.save(), spectralLogits);
  }

  private forgetRate(): void {
    this.network.reset();
    this.spectral.reset();
    this.networkLag.reset();
    this.spectralLag.reset();
    this.earlier = [];
    this.informed = 0;
    this.supports = [];
  }
}

function heartRateOf(
  estimate: HeartRateEstimate | null,
  second: HeartRateEstimate | null,
  withheld: Withheld | null,
  model: ModelId,
): HeartRate {
  const bpm = round(estimate?.bpm);
  return {
    bpm: withheld === null ? bpm : null,
    withheld,
    estimateBpm: bpm,
    lowBpm: round(estimate?.lowBpm),
    highBpm: round(estimate?.highBpm),
    secondOpinionBpm: round(second?.bpm),
    model,
  };
}

/** More says nothing and fills the journal. */
function toHundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

function round(value: number | undefined): number | null {
  return value === undefined ? null : toHundredths(value);
}
