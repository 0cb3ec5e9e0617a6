import type { Waveform, WaveformTrace } from '@app/contracts';

/** Samples without a gap between them. Times in s on the device's monotonic clock. */
export interface Chunk {
  startS: number;
  sampleRateHz: number;
  values: readonly number[];
}

export interface Trace {
  kind: WaveformTrace['kind'];
  label: string;
  chunks: Chunk[];
}

/** Where samples are missing. `skipped`: the station dropped them for this screen; the record has them. */
export interface Gap {
  fromS: number;
  toS: number;
  skipped: boolean;
}

/** Longest stretch kept, s: more than is drawn. */
const KEPT_S = 20;
/** Smaller holes than this are the rounding of time stamps, s. */
const TOLERANCE_S = 0.05;

type Piece = Pick<Waveform, 'bootId' | 'monotonicUs' | 'traces' | 'dropped'>;

/** The last seconds of one patient's samples. Bounded: what is older than `keptS` is forgotten. */
export class WaveformBuffer {
  traces: Trace[] = [];
  gaps: Gap[] = [];
  /** End of the newest sample, s; null while empty. */
  endS: number | null = null;
  private bootId: string | null = null;

  constructor(private readonly keptS = KEPT_S) {}

  push({ bootId, monotonicUs, traces, dropped }: Piece): void {
    const startS = monotonicUs / 1e6;
    const lengthS = Math.max(0, ...traces.map((t) => t.values.length / t.sampleRateHz));
    // A new boot has a new clock: nothing of the old one can be placed beside it.
    if (bootId !== this.bootId) this.clear(bootId);
    if (this.endS !== null && startS < this.endS - TOLERANCE_S) return;
    if (this.endS !== null && startS > this.endS + TOLERANCE_S) {
      this.gaps.push({ fromS: this.endS, toS: startS, skipped: dropped > 0 });
    }
    for (const { kind, label, sampleRateHz, values } of traces) {
      this.trace(kind, label).chunks.push({ startS, sampleRateHz, values });
    }
    this.endS = startS + lengthS;
    this.forget(this.endS - this.keptS);
  }

  private clear(bootId: string): void {
    this.bootId = bootId;
    this.traces = [];
    this.gaps = [];
    this.endS = null;
  }

  private trace(kind: Trace['kind'], label: string): Trace {
    const known = this.traces.find((t) => t.kind === kind && t.label === label);
    if (known !== undefined) return known;
    const trace: Trace = { kind, label, chunks: [] };
    this.traces.push(trace);
    return trace;
  }

  private forget(beforeS: number): void {
    for (const { chunks } of this.traces) {
      while (chunks[0] !== undefined && chunkEndS(chunks[0]) < beforeS) chunks.shift();
    }
    this.gaps = this.gaps.filter(({ toS }) => toS >= beforeS);
  }
}

export function chunkEndS({ startS, sampleRateHz, values }: Chunk): number {
  return startS + values.length / sampleRateHz;
}

/**
 * The visible points of a trace as polylines: each is [t0, v0, t1, v1, …] and ends where samples are missing.
 * @param chunks in the order of time
 */
export function polylines(chunks: readonly Chunk[], fromS: number, toS: number): number[][] {
  const lines: number[][] = [];
  let line: number[] = [];
  let endS = Number.NaN;
  for (const chunk of chunks) {
    const { startS, sampleRateHz, values } = chunk;
    if (!(Math.abs(startS - endS) <= TOLERANCE_S)) {
      if (line.length > 0) lines.push(line);
      line = [];
    }
    endS = chunkEndS(chunk);
    if (endS < fromS || startS > toS) continue;
    const first = Math.max(0, Math.floor((fromS - startS) * sampleRateHz));
    for (let i = first; i < values.length; i++) {
      const atS = startS + i / sampleRateHz;
      if (atS > toS) break;
      line.push(atS, values[i] ?? Number.NaN);
    }
  }
  if (line.length > 0) lines.push(line);
  return lines;
}
