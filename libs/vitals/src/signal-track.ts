import {
  BiquadCascade,
  butterworthBandPass,
  butterworthHighPass,
  GridResampler,
  type GridResamplerSnapshot,
  type GridSamples,
} from '@app/signal';
import { GridRing, type GridRingSnapshot } from './grid-ring.js';
import { GRID_RATE_HZ } from './window-grid.js';

export interface SignalTrackSnapshot {
  channels: number;
  resampler: GridResamplerSnapshot;
  ring: GridRingSnapshot;
  filterStates: Float64Array;
  broken: boolean;
}

/** Rows of the ring per channel: as resampled, band-passed, high-passed. */
export type TrackRow = 'raw' | 'band' | 'high';
const ROWS: readonly TrackRow[] = ['raw', 'band', 'high'];

/** Pulse and its motion (24 to 240 per minute), and the same without an upper end for their harmonics. */
const BAND = butterworthBandPass(2, 0.4, 4, GRID_RATE_HZ);
const HIGH = butterworthHighPass(2, 0.4, GRID_RATE_HZ);

/** A block may start this late and still continue the one before: 1.5 sample periods, at least 50 ms. */
function toleranceUs(sampleRateHz: number): number {
  return Math.max(50_000, 1.5e6 / sampleRateHz);
}

/** One block (the light channels, or the three axes) from samples to filtered grid samples. */
export class SignalTrack {
  private readonly resampler: GridResampler;
  private readonly ring: GridRing;
  private readonly band: BiquadCascade[];
  private readonly high: BiquadCascade[];
  /** One grid sample of every row, on its way into the ring. */
  private readonly values: Float64Array;
  /** Samples were missing just before: filters must settle anew. */
  private broken = true;
  /** Resampled but not yet filtered; empty between calls of the lane. */
  private pending: GridSamples[] = [];

  constructor(readonly channels: number) {
    this.resampler = new GridResampler(channels, GRID_RATE_HZ);
    this.ring = new GridRing(ROWS.length * channels);
    this.values = new Float64Array(ROWS.length * channels);
    this.band = Array.from({ length: channels }, () => new BiquadCascade(BAND));
    this.high = Array.from({ length: channels }, () => new BiquadCascade(HIGH));
  }

  /** Next grid sample that is neither here nor known to be missing. */
  get reached(): number {
    const last = this.pending.at(-1);
    return last === undefined ? this.ring.next : Math.max(this.ring.next, last.first + last.count);
  }

  /** Next grid sample to be filtered: all before it are in the ring or missing. */
  get filtered(): number {
    return this.ring.next;
  }

  /** Earliest grid sample that `advance` would add, or null. */
  get pendingFrom(): number | null {
    return this.pending[0]?.first ?? null;
  }

  /** Takes in the samples of a block. */
  receive(startUs: number, sampleRateHz: number, columns: readonly Float64Array[]): void {
    const due = this.resampler.reachedUs + 1e6 / sampleRateHz;
    if (startUs - due > toleranceUs(sampleRateHz)) this.resampler.interrupt();
    const samples = this.resampler.push(startUs, sampleRateHz, columns);
    if (samples.count > 0) this.pending.push(samples);
  }

  /** Filters everything pending before grid sample `end`; what is not there is missing. */
  advance(end: number): void {
    for (let samples = this.pending[0]; samples !== undefined; samples = this.pending[0]) {
      if (samples.first >= end) break;
      const stop = Math.min(end, samples.first + samples.count);
      this.skipTo(samples.first);
      while (this.ring.next < stop) this.filter(samples, this.ring.next - samples.first);
      if (stop < samples.first + samples.count) break;
      this.pending.shift();
    }
    this.skipTo(end);
  }

  /** Samples of [start, end) that are missing, among those that the ring can hold. */
  missingIn(start: number, end: number): number {
    return this.ring.missingIn(start, end);
  }

  /** Copies one row of one channel from grid sample `start` on into all of `out`. */
  copyInto(out: Float64Array, row: TrackRow, channel: number, start: number): void {
    this.ring.copyInto(out, ROWS.length * channel + ROWS.indexOf(row), start);
  }

  save(): SignalTrackSnapshot {
    return {
      channels: this.channels,
      resampler: this.resampler.save(),
      ring: this.ring.save(),
      filterStates: Float64Array.from(
        [...this.band, ...this.high].flatMap((filter) => [...filter.state]),
      ),
      broken: this.broken,
    };
  }

  static restore(snapshot: SignalTrackSnapshot): SignalTrack {
    const track = new SignalTrack(snapshot.channels);
    track.resampler.restore(snapshot.resampler);
    track.ring.restore(snapshot.ring);
    track.broken = snapshot.broken;
    let at = 0;
    for (const { state } of [...track.band, ...track.high]) {
      state.set(snapshot.filterStates.subarray(at, at + state.length));
      at += state.length;
    }
    return track;
  }

  private skipTo(index: number): void {
    if (index <= this.ring.next) return;
    this.ring.skipTo(index);
    this.broken = true;
  }

  private filter(samples: GridSamples, at: number): void {
    const { values } = this;
    for (let c = 0; c < this.channels; c++) {
      const raw = (samples.columns[c] as Float64Array)[at] as number;
      const band = this.band[c] as BiquadCascade;
      const high = this.high[c] as BiquadCascade;
      if (this.broken) {
        band.settle(raw);
        high.settle(raw);
      }
      values[ROWS.length * c] = raw;
      values[ROWS.length * c + 1] = band.next(raw);
      values[ROWS.length * c + 2] = high.next(raw);
    }
    this.broken = false;
    this.ring.append(values);
  }
}
