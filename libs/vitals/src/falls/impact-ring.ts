import { BiquadCascade, butterworthHighPass } from '@app/signal';
import { FALL, FALL_SAMPLES } from './fall-settings.js';

const HIGH_PASS = butterworthHighPass(2, FALL.highPassHz, FALL.rateHz);

export interface ImpactRingSnapshot {
  x: Float64Array;
  y: Float64Array;
  z: Float64Array;
  fast: Float64Array;
  filterStates: Float64Array;
  /** Real samples since the start, as far as the ring remembers. */
  real: number;
  stillSamples: number;
}

/** A sharp movement, 4 s after it. */
export interface Impact {
  /** Acceleration in g, 150 samples each, the impact at sample 50; where nothing was measured, the next sample is held. */
  x: Float64Array;
  y: Float64Array;
  z: Float64Array;
  /** Largest acceleration above 0.5 Hz, g. */
  peakG: number;
  /** Samples since the wrist last moved, at the last sample that was measured. */
  stillSamples: number;
  /** Samples that are held, before and after what was measured. */
  heldBefore: number;
  heldAfter: number;
}

/**
 * First stage of the detector: the last 6 s of acceleration on the grid, and whether an impact lies 4 s back. An impact is
 * a sample whose acceleration above 0.5 Hz (2nd-order causal Butterworth, length of the vector) is beyond 1.2 g and the
 * largest within 2 s on both sides; so there is at most one in 2 s.
 */
export class ImpactRing {
  private readonly axes = Array.from({ length: 3 }, () => new Float64Array(FALL_SAMPLES));
  private readonly fast = new Float64Array(FALL_SAMPLES);
  private readonly filters = Array.from({ length: 3 }, () => new BiquadCascade(HIGH_PASS));
  private real = 0;
  private still = 0;

  /** Samples since the wrist last moved (`stillG`), from the start at most. */
  get stillSamples(): number {
    return this.still;
  }

  /** The next grid sample, in g. Returns the impact that lies exactly 4 s back, or null. */
  push(x: number, y: number, z: number): Impact | null {
    const sample = [x, y, z];
    if (this.real === 0) {
      // nothing was measured before: as if the wrist had been held like this
      this.axes.forEach((axis, c) => axis.fill(sample[c]!));
      this.fast.fill(0);
      this.filters.forEach((filter, c) => filter.settle(sample[c]!));
    }
    const fast = Math.hypot(...this.filters.map((filter, c) => filter.next(sample[c]!)));
    this.real = Math.min(this.real + 1, FALL_SAMPLES);
    this.still = fast < FALL.stillG ? this.still + 1 : 0;
    return this.shift(sample, fast, 0);
  }

  /** No sample follows for now: the impacts of the last 4 s, their last sample held, and a fresh start. */
  end(): Impact[] {
    const impacts: Impact[] = [];
    if (this.real > 0) {
      const last = this.axes.map((axis) => axis[FALL_SAMPLES - 1]!);
      for (let held = 1; held < FALL.afterSamples; held++) {
        const impact = this.shift(last, 0, held);
        if (impact !== null) impacts.push(impact);
      }
    }
    this.real = 0;
    this.still = 0;
    return impacts;
  }

  save(): ImpactRingSnapshot {
    const [x, y, z] = this.axes.map((axis) => axis.slice()) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const filterStates = Float64Array.from(this.filters.flatMap(({ state }) => [...state]));
    const { real, still: stillSamples } = this;
    return { x, y, z, fast: this.fast.slice(), filterStates, real, stillSamples };
  }

  static restore(snapshot: ImpactRingSnapshot): ImpactRing {
    const ring = new ImpactRing();
    [snapshot.x, snapshot.y, snapshot.z].forEach((axis, c) => ring.axes[c]!.set(axis));
    ring.fast.set(snapshot.fast);
    ring.filters.forEach(({ state }, c) =>
      state.set(snapshot.filterStates.subarray(c * state.length, (c + 1) * state.length)),
    );
    ring.real = snapshot.real;
    ring.still = snapshot.stillSamples;
    return ring;
  }

  private shift(sample: readonly number[], fast: number, held: number): Impact | null {
    this.axes.forEach((axis, c) => append(axis, sample[c]!));
    append(this.fast, fast);
    const peakG = this.fast[FALL.beforeSamples]!;
    if (!(peakG > FALL.impactG)) return null;
    for (let i = 0; i <= FALL.beforeSamples + FALL.apartSamples; i++) {
      const value = this.fast[i]!;
      // of two equal ones the first counts
      if (value > peakG || (value === peakG && i < FALL.beforeSamples)) return null;
    }
    const [x, y, z] = this.axes.map((axis) => axis.slice()) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const heldBefore = Math.max(0, FALL_SAMPLES - this.real - held);
    return { x, y, z, peakG, stillSamples: this.still, heldBefore, heldAfter: held };
  }
}

function append(values: Float64Array, value: number): void {
  values.copyWithin(0, 1);
  values[values.length - 1] = value;
}
