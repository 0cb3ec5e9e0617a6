import { BiquadCascade } from './biquad-cascade.js';
import { butterworthLowPass } from './butterworth.js';

/** Grid samples that became known, one column per channel; sample `first + i` lies at (first + i) grid periods. */
export interface GridSamples {
  first: number;
  count: number;
  columns: Float64Array[];
}

export interface GridResamplerSnapshot {
  sampleRateHz: number;
  lastUs: number;
  lastValues: Float64Array;
  filterStates: Float64Array;
}

/** A grid instant this close after the last sample takes the last sample's value, µs: rounding of time stamps. */
const ROUNDING_US = 1000;
/** Order and corner of the low-pass against aliases; used when the input is faster than the grid. */
const LOW_PASS_ORDER = 4;
const LOW_PASS_HZ = 8;

/**
 * Brings samples of one block (several channels, common times) to a fixed grid, causally: low-pass at the input rate
 * when that is faster than the grid, then linear interpolation between the two samples around each grid instant, by
 * their actual times. Delay of the low-pass: about 50 ms, the same for all blocks that pass it.
 */
export class GridResampler {
  private sampleRateHz = 0;
  private lastUs = NaN;
  private readonly lastValues: Float64Array;
  private filters: BiquadCascade[] = [];
  /** For what the filters make of a block; one per channel, kept for the next block of the same length. */
  private readonly rooms: Float64Array[] = [];

  constructor(
    private readonly channels: number,
    private readonly gridRateHz: number,
  ) {
    this.lastValues = new Float64Array(channels);
  }

  /** Time of the last sample, µs; NaN before the first and after an interruption. */
  get reachedUs(): number {
    return this.lastUs;
  }

  /** Samples are missing from here: the next ones start afresh. */
  interrupt(): void {
    this.lastUs = NaN;
  }

  /**
   * The next samples: sample i of every column lies at `startUs + i / sampleRateHz`. A sample that does not lie after
   * the one before it is dropped. A change of the rate beyond 1 % starts afresh.
   */
  push(startUs: number, sampleRateHz: number, columns: readonly ArrayLike<number>[]): GridSamples {
    if (!(Math.abs(sampleRateHz / this.sampleRateHz - 1) <= 0.01)) this.design(sampleRateHz);
    const length = columns[0]?.length ?? 0;
    const periodUs = 1e6 / this.gridRateHz;
    const fresh = Number.isNaN(this.lastUs);
    const first = Math.ceil(
      fresh ? (startUs - ROUNDING_US) / periodUs : nextGridIndex(this.lastUs, periodUs),
    );
    const endUs = startUs + ((length - 1) * 1e6) / sampleRateHz;
    const size = Math.max(0, nextGridIndex(endUs, periodUs) - first);
    const out = columns.map(() => new Float64Array(size));
    if (fresh && length > 0) this.settle(columns);

    // those not after the last one come first, for times only grow
    let start = 0;
    while (start < length && startUs + (start * 1e6) / sampleRateHz <= this.lastUs) start++;
    const filtered = columns.map((column, c) => this.filtered(column, c, start));

    let next = first;
    for (let i = start; i < length; i++) {
      const timeUs = startUs + (i * 1e6) / sampleRateHz;
      const stepUs = timeUs - this.lastUs;
      const end = nextGridIndex(timeUs, periodUs);
      for (let j = next; j < end; j++) {
        const share = Number.isNaN(stepUs)
          ? 1
          : Math.min(1, Math.max(0, (j * periodUs - this.lastUs) / stepUs));
        for (let c = 0; c < this.channels; c++) {
          const values = filtered[c] as ArrayLike<number>;
          const value = values[i] as number;
          const known = i > start ? values[i - 1] : this.lastValues[c];
          const before = Number.isNaN(stepUs) ? value : (known as number);
          (out[c] as Float64Array)[j - first] = before + share * (value - before);
        }
      }
      next = Math.max(next, end);
      this.lastUs = timeUs;
    }
    if (start < length) {
      for (let c = 0; c < this.channels; c++)
        this.lastValues[c] = (filtered[c] as ArrayLike<number>)[length - 1] as number;
    }
    return { first, count: next - first, columns: out };
  }

  private filtered(column: ArrayLike<number>, channel: number, start: number): ArrayLike<number> {
    const filter = this.filters[channel];
    if (filter === undefined) return column;
    const room = this.rooms[channel];
    const out = room?.length === column.length ? room : new Float64Array(column.length);
    this.rooms[channel] = out;
    filter.run(column, start, out);
    return out;
  }

  save(): GridResamplerSnapshot {
    return {
      sampleRateHz: this.sampleRateHz,
      lastUs: this.lastUs,
      lastValues: this.lastValues.slice(),
      filterStates: Float64Array.from(this.filters.flatMap((filter) => [...filter.state])),
    };
  }

  restore(snapshot: GridResamplerSnapshot): void {
    if (snapshot.sampleRateHz > 0) this.design(snapshot.sampleRateHz);
    this.lastUs = snapshot.lastUs;
    this.lastValues.set(snapshot.lastValues);
    this.filters.forEach((filter, c) => {
      const size = filter.state.length;
      filter.state.set(snapshot.filterStates.subarray(c * size, (c + 1) * size));
    });
  }

  private design(sampleRateHz: number): void {
    this.sampleRateHz = sampleRateHz;
    this.lastUs = NaN;
    const sections =
      sampleRateHz > this.gridRateHz * 1.001
        ? butterworthLowPass(LOW_PASS_ORDER, LOW_PASS_HZ, sampleRateHz)
        : null;
    this.filters =
      sections === null
        ? []
        : Array.from({ length: this.channels }, () => new BiquadCascade(sections));
  }

  private settle(columns: readonly ArrayLike<number>[]): void {
    this.filters.forEach((filter, c) =>
      filter.settle((columns[c] as ArrayLike<number>)[0] as number),
    );
  }
}

/** Index of the first grid instant that a sample at this time does not yet reach. */
function nextGridIndex(timeUs: number, periodUs: number): number {
  return Math.floor((timeUs + ROUNDING_US) / periodUs) + 1;
}
