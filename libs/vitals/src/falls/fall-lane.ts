import type { Frame } from '@app/contracts';
import { GridResampler, type GridResamplerSnapshot } from '@app/signal';
import { motionColumns } from '../block-columns.js';
import type { FallCandidate } from './fall-candidate.js';
import { FALL, FALL_SAMPLES } from './fall-settings.js';
import { type Impact, ImpactRing, type ImpactRingSnapshot } from './impact-ring.js';
import { prepareFallInput } from './prepare-fall-input.js';

/** Structured-cloneable state of a `FallLane`; about 5 KB. */
export interface FallLaneSnapshot {
  version: 1;
  resampler: GridResamplerSnapshot;
  ring: ImpactRingSnapshot;
  next: number;
}

const PERIOD_US = 1e6 / FALL.rateHz;

/** A block may start this late and still continue the one before, as in `SignalTrack`. */
function toleranceUs(sampleRateHz: number): number {
  return Math.max(50_000, 1.5e6 / sampleRateHz);
}

/**
 * From the ordered frames of one device, boot and lane to impacts that may be falls. Deterministic: the same frames give the
 * same candidates, with or without `save` and `restore` in between, and however they were cut into frames.
 */
export class FallLane {
  private readonly resampler = new GridResampler(3, FALL.rateHz);
  private ring = new ImpactRing();
  /** Grid sample after the last one that is here. */
  private next = 0;

  /** How long the wrist has not moved by now, s: to be asked again while a fall stands unanswered. */
  get stillSeconds(): number {
    return this.ring.stillSamples / FALL.rateHz;
  }

  /**
   * Frames in order of time; those without acceleration change nothing. A candidate comes out 4 s after its impact, or when
   * samples are missing before that (what is missing is then held). Oldest first, usually none.
   */
  push(frame: Frame): FallCandidate[] {
    const block = frame.blocks.find(({ kind }) => kind === 'accelerometer');
    const motion = block === undefined ? null : motionColumns(block);
    if (motion === null || motion.columns.length !== 3) return [];
    const { sampleRateHz, columns } = motion;
    const due = this.resampler.reachedUs + 1e6 / sampleRateHz;
    const late = frame.monotonicUs - due > toleranceUs(sampleRateHz);
    if (late) this.resampler.interrupt();
    const grid = this.resampler.push(frame.monotonicUs, sampleRateHz, columns);
    if (grid.count === 0) return [];
    const found = grid.first > this.next ? this.end() : [];
    const [x, y, z] = grid.columns as [Float64Array, Float64Array, Float64Array];
    for (let i = 0; i < grid.count; i++) {
      const impact = this.ring.push(x[i]!, y[i]!, z[i]!);
      this.next = grid.first + i + 1;
      if (impact !== null) found.push(...this.candidateOf(impact));
    }
    return found;
  }

  /** The recording is over, or the boot: the impacts of the last 4 s. */
  end(): FallCandidate[] {
    return this.ring.end().flatMap((impact) => this.candidateOf(impact));
  }

  save(): FallLaneSnapshot {
    return {
      version: 1,
      resampler: this.resampler.save(),
      ring: this.ring.save(),
      next: this.next,
    };
  }

  static restore(snapshot: FallLaneSnapshot): FallLane {
    const lane = new FallLane();
    lane.resampler.restore(snapshot.resampler);
    lane.ring = ImpactRing.restore(snapshot.ring);
    lane.next = snapshot.next;
    return lane;
  }

  /** None when the signal holds no gravity, so that the network could not read it. */
  private candidateOf({ x, y, z, ...impact }: Impact): FallCandidate[] {
    const input = prepareFallInput(x, y, z);
    if (input === null) return [];
    const { peakG, heldBefore, heldAfter } = impact;
    const peak = this.next + heldAfter - FALL.afterSamples;
    const still = Math.min(
      impact.stillSamples,
      FALL_SAMPLES - FALL.beforeSamples - FALL.settledSamples - heldAfter,
    );
    return [
      {
        impactMonotonicUs: peak * PERIOD_US,
        decisionMonotonicUs: (peak + FALL.afterSamples) * PERIOD_US,
        input,
        peakG,
        stillSeconds: Math.max(0, still) / FALL.rateHz,
        heldBefore,
        heldAfter,
      },
    ];
  }
}
