import type { Activity, Fall, HeartRate } from '@app/contracts';
import { PatientBelief, type WindowResult } from '@app/vitals';
import type { Registry } from 'prom-client';
import { fallsBy, impactsOf } from './falls-of.js';
import type { NetworkState } from './network.js';
import type { Networks, Task } from './networks.js';
import type { PatientLane } from './patient-lane.js';
import type { ReadyWindow } from './ready-window.js';
import { type Outcome, ShadowMetrics } from './shadow-metrics.js';

/** What a candidate remembers of one lane. Not part of any checkpoint: after a restart it begins anew. */
interface ShadowLane {
  belief: PatientBelief;
  heartRateState: NetworkState | null;
  activityState: NetworkState | null;
}

/** Numbers agree within this, BPM, or within this share of the live one. */
const AGREES_BPM = 5;
const AGREES_SHARE = 0.1;

/**
 * Runs the registry's candidates on the windows that the live models answer, each with a belief of its own, and counts how
 * their answers compare. What they say reaches nobody; a candidate that fails is counted and disturbs nothing.
 */
export class Shadows {
  private readonly lanes = new WeakMap<PatientLane, ShadowLane>();
  private readonly metrics: ShadowMetrics;

  constructor(
    private readonly networks: Networks,
    registry: Registry,
  ) {
    this.metrics = new ShadowMetrics(registry);
  }

  /**
   * @param live what the live models said of these windows; null where they failed.
   * @param falls which of them end with a suspected fall; without `fall` where no live model looks for falls.
   */
  async follow(
    windows: readonly ReadyWindow[],
    live: readonly (WindowResult | null)[],
    falls: readonly { fall?: Fall | null }[],
  ): Promise<void> {
    if (this.hasBeliefShadow()) await this.counted(() => this.compare(windows, live));
    await this.counted(() => this.compareFalls(windows, falls));
  }

  private async counted(comparison: () => Promise<void>): Promise<void> {
    try {
      await comparison();
    } catch {
      this.metrics.failures.inc();
    }
  }

  private hasBeliefShadow(): boolean {
    const { networks } = this;
    return (
      networks.shadowOf('heartRate') !== null ||
      networks.shadowOf('activity') !== null ||
      networks.shadowOf('activityWaist') !== null
    );
  }

  /** Windows without an impact say nothing of either model. */
  private async compareFalls(
    windows: readonly ReadyWindow[],
    falls: readonly { fall?: Fall | null }[],
  ): Promise<void> {
    const network = this.networks.shadowOf('fall');
    if (network === null) return;
    const said = await fallsBy(network, windows);
    for (const [i, window] of windows.entries()) {
      const spoken = falls[i]?.fall;
      if (spoken === undefined || impactsOf(window).length === 0) continue;
      this.count('fall', spoken !== null, said[i]!.fall !== null, true);
    }
  }

  private async compare(
    windows: readonly ReadyWindow[],
    live: readonly (WindowResult | null)[],
  ): Promise<void> {
    const { networks } = this;
    const [heartRate, activity, waist] = [
      networks.shadowOf('heartRate'),
      networks.shadowOf('activity'),
      networks.shadowOf('activityWaist'),
    ];
    const lanes = windows.map((ready) => this.laneOf(ready));
    const heartRates = await heartRate?.ask(
      windows.map(({ window }, i) => ({
        input: window.heartRate?.features ?? null,
        state: window.heartRate?.restart === true ? null : lanes[i]!.heartRateState,
      })),
    );
    const activities = await activity?.ask(
      windows.map(({ window }, i) => ({
        input: window.activity,
        state: lanes[i]!.activityState,
      })),
    );
    const waists = await waist?.ask(
      windows.map(({ window }) => ({ input: window.waist?.features ?? null, state: null })),
    );
    const models = {
      heartRate: heartRate?.id ?? networks.idOf('heartRate'),
      activity: activity?.id ?? networks.idOf('activity'),
      waist: waist?.id ?? networks.idOf('activityWaist'),
    };
    for (const [i, { window }] of windows.entries()) {
      const lane = lanes[i]!;
      lane.heartRateState = heartRates?.[i]?.state ?? null;
      lane.activityState = activities?.[i]?.state ?? null;
      const outputs = {
        heartRateLogits: heartRates?.[i]?.logits ?? null,
        activityLogits: activities?.[i]?.logits ?? null,
        waistLogits: waists?.[i]?.logits ?? null,
      };
      const said = lane.belief.update(window, outputs, models);
      const spoken = live[i];
      if (spoken === null || spoken === undefined) continue;
      if (heartRate !== null) this.countRate(spoken.heartRate, said.heartRate);
      if (activity !== null && window.activity !== null)
        this.countActivity('activity', spoken.activity, said.activity);
      if (waist !== null && window.waist !== null)
        this.countActivity('activityWaist', spoken.activity, said.activity);
    }
  }

  private laneOf({ lane, afterLongGap }: ReadyWindow): ShadowLane {
    const known = this.lanes.get(lane);
    if (known !== undefined && !afterLongGap) return known;
    const fresh = { belief: new PatientBelief(), heartRateState: null, activityState: null };
    this.lanes.set(lane, fresh);
    return fresh;
  }

  private countRate(live: HeartRate, shadow: HeartRate): void {
    this.metrics.windows.inc({ task: 'heartRate', outcome: outcomeOf(live.bpm, shadow.bpm) });
    if (live.estimateBpm !== null && shadow.estimateBpm !== null)
      this.metrics.difference.observe(Math.abs(live.estimateBpm - shadow.estimateBpm));
  }

  private countActivity(
    task: 'activity' | 'activityWaist',
    live: Activity,
    shadow: Activity,
  ): void {
    const isSame = live.class === shadow.class && live.posture === shadow.posture;
    this.count(task, live.class !== 'unknown', shadow.class !== 'unknown', isSame);
  }

  private count(task: Task, isKnown: boolean, isKnownToShadow: boolean, isSame: boolean): void {
    let outcome: Outcome = isSame ? 'agree' : 'differ';
    if (!isKnownToShadow) outcome = isKnown ? 'live-only' : 'neither';
    else if (!isKnown) outcome = 'shadow-only';
    this.metrics.windows.inc({ task, outcome });
  }
}

/** How two shown numbers compare, either of which may be withheld. */
export function outcomeOf(live: number | null, shadow: number | null): Outcome {
  if (live === null) return shadow === null ? 'neither' : 'shadow-only';
  if (shadow === null) return 'live-only';
  const allowed = Math.max(AGREES_BPM, AGREES_SHARE * live);
  return Math.abs(live - shadow) <= allowed ? 'agree' : 'differ';
}
