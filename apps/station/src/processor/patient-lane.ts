import type { Frame, Lane } from '@app/contracts';
import { type Placed, Reorderer, type ReordererSnapshot } from '@app/stream';
import {
  type FallCandidate,
  FallLane,
  type FallLaneSnapshot,
  PatientBelief,
  type PatientBeliefSnapshot,
  type PreparedWindow,
  SignalLane,
  type SignalLaneSnapshot,
} from '@app/vitals';
import type { NetworkState } from './network.js';

/** Structured-cloneable state of a `PatientLane`. */
export interface PatientLaneSnapshot {
  order: ReordererSnapshot<Frame>;
  signal: SignalLaneSnapshot;
  falls: FallLaneSnapshot;
  impacts: FallCandidate[];
  belief: PatientBeliefSnapshot;
  heartRateState: NetworkState | null;
  activityState: NetworkState | null;
  longGapEndUs: number | null;
}

/** The chain of one device, boot and lane: what is remembered from one frame to the next. */
export class PatientLane {
  readonly order: Reorderer<Frame>;
  belief: PatientBelief;
  heartRateState: NetworkState | null;
  activityState: NetworkState | null;
  private readonly signal: SignalLane;
  private readonly falls: FallLane;
  /** Impacts that no window has taken yet: those of the last few seconds, at most one in 2 s. */
  private impacts: FallCandidate[];
  /** End of a long gap that no window has seen yet, µs since boot. */
  private longGapEndUs: number | null;

  /** @param onFull called when frames had to go on early because too many waited */
  constructor(name: Lane, onFull: () => void, saved?: PatientLaneSnapshot) {
    // The arrival of a backlog says nothing about its time.
    this.order = new Reorderer(name === 'live' ? 'confirmed' : 'believed', saved?.order, onFull);
    this.signal = saved === undefined ? new SignalLane() : SignalLane.restore(saved.signal);
    this.falls = saved === undefined ? new FallLane() : FallLane.restore(saved.falls);
    this.impacts = saved?.impacts ?? [];
    this.belief = saved === undefined ? new PatientBelief() : PatientBelief.restore(saved.belief);
    this.heartRateState = saved?.heartRateState ?? null;
    this.activityState = saved?.activityState ?? null;
    this.longGapEndUs = saved?.longGapEndUs ?? null;
  }

  save(): PatientLaneSnapshot {
    return {
      order: this.order.save(),
      signal: this.signal.save(),
      falls: this.falls.save(),
      impacts: this.impacts,
      belief: this.belief.save(),
      heartRateState: this.heartRateState,
      activityState: this.activityState,
      longGapEndUs: this.longGapEndUs,
    };
  }

  /** Filters, windows, features: the windows that a frame completes. */
  prepare({ item, gap }: Placed<Frame> & { kind: 'ordered' }): PreparedWindow[] {
    if (gap?.long === true) this.longGapEndUs = item.startUs;
    this.impacts.push(...this.falls.push(item.value));
    return this.signal.push(item.value);
  }

  /** The impacts whose 4 s were over by the window's end, and that no window before it had. */
  takeImpacts({ endMonotonicUs }: PreparedWindow): FallCandidate[] {
    const isDue = (one: FallCandidate) => one.decisionMonotonicUs <= endMonotonicUs;
    const due = this.impacts.filter(isDue);
    this.impacts = this.impacts.filter((one) => !isDue(one));
    return due;
  }

  /** Whether the window is the first that reaches beyond a long gap. */
  crossesLongGap(window: PreparedWindow): boolean {
    if (this.longGapEndUs === null || window.endMonotonicUs <= this.longGapEndUs) return false;
    this.longGapEndUs = null;
    return true;
  }

  /** Belief and networks begin anew. */
  forget(): void {
    this.belief.reset();
    this.heartRateState = null;
    this.activityState = null;
  }
}
