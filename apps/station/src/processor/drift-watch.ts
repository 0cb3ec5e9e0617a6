import { CANARY } from '@app/contracts';
import type { ModelMetadata } from '@app/inference';
import type { PreparedWindow, WindowResult } from '@app/vitals';
import { Gauge, type Registry } from 'prom-client';
import type { ReadyWindow } from './ready-window.js';

/** Weight of one window: the means remember about the last thousand windows, half an hour of one wearable. */
const WEIGHT = 1e-3;

/** What is watched of a window with light, by the names that the metadata's `inputStatistics` has. */
export const WATCHED_INPUTS: Readonly<
  Record<string, (window: PreparedWindow) => number | null | undefined>
> = {
  logMotionG: ({ motion }) => motion && Math.log(Math.max(motion.rmsG, 0.001)),
  spectralPurity: ({ quality }) => quality?.spectralPurity,
  skewness: ({ quality }) => quality && Math.abs(quality.skewness),
};

type Training = Pick<ModelMetadata, 'inputStatistics' | 'answeredShare'>;

/**
 * Whether the live windows still look like those that the heart-rate model was made from: the mean of each watched input in
 * training's standard deviations from training's mean, and the share of windows without a number beside training's.
 */
export class DriftWatch {
  private readonly means = new Map<string, RunningMean>();
  private readonly withheld = new RunningMean();

  constructor(
    private readonly training: Training | null,
    registry: Registry,
  ) {
    const watch = this.valuesOf.bind(this);
    void new Gauge({
      name: 'vigil_input_drift_deviations',
      help: 'Mean of recent live windows, in standard deviations of training from the mean of training.',
      labelNames: ['input'],
      registers: [registry],
      aggregator: 'average',
      collect() {
        for (const [input, value] of watch()) this.set({ input }, value);
      },
    });
    const { withheld } = this;
    void new Gauge({
      name: 'vigil_withheld_share',
      help: 'Share of recent live windows with light in which no number was shown.',
      registers: [registry],
      aggregator: 'average',
      collect() {
        if (withheld.count > 0) this.set(withheld.mean);
      },
    });
    const answered = training?.answeredShare;
    if (answered !== undefined) {
      new Gauge({
        name: 'vigil_training_withheld_share',
        help: 'The same share among people that training left out.',
        registers: [registry],
        aggregator: 'average',
      }).set(1 - answered);
    }
  }

  /** @param results in the order of the windows; null where there is none. */
  watch(windows: readonly ReadyWindow[], results: readonly (WindowResult | null)[]): void {
    for (const [i, { laneName, window, owner }] of windows.entries()) {
      const result = results[i];
      if (laneName !== 'live' || window.heartRate === null || !result) continue;
      if (owner.patient === CANARY) continue;
      this.withheld.take(result.heartRate.bpm === null ? 1 : 0);
      for (const [name, read] of Object.entries(WATCHED_INPUTS)) {
        const value = read(window);
        if (value === null || value === undefined || !Number.isFinite(value)) continue;
        let mean = this.means.get(name);
        if (mean === undefined) this.means.set(name, (mean = new RunningMean()));
        mean.take(value);
      }
    }
  }

  private *valuesOf(): Iterable<[input: string, deviations: number]> {
    for (const [name, { mean }] of this.means) {
      const known = this.training?.inputStatistics?.[name];
      if (known !== undefined) yield [name, (mean - known.mean) / known.deviation];
    }
  }
}

/** The plain mean at first, then one that forgets. */
class RunningMean {
  mean = 0;
  count = 0;

  take(value: number): void {
    this.count++;
    this.mean += (value - this.mean) * Math.max(WEIGHT, 1 / this.count);
  }
}
