import { JournalError } from '../journal-errors.js';
import type { JournalRecord, StreamName } from '../journal.js';
import { segmentBytes, segmentNumbers } from './segment-folder.js';
import type { Edge } from './segment-format.js';
import { SegmentReader } from './segment-reader.js';

/** Connections kept open for reading by offset. Policy when full: close the one used longest ago. */
const OPEN_SEGMENTS = 8;

export interface StreamInfo {
  partitions: number;
  records: number;
  /** On disk. */
  bytes: number;
  segments: number;
  /** Append time of the oldest and newest record, ms since 1970; null when there is none. */
  oldestMs: number | null;
  newestMs: number | null;
}

/** Reads one stream by offset and by time, over all its segments. */
export class StreamReader {
  readonly #folder: string;
  readonly #stream: StreamName;
  readonly #partitions: number;
  readonly #open = new Map<number, SegmentReader>();
  /** Never changes for a segment, so it outlives the connection. */
  readonly #edges = new Map<number, readonly Edge[]>();

  constructor(folder: string, stream: StreamName, partitions: number) {
    this.#folder = folder;
    this.#stream = stream;
    this.#partitions = partitions;
  }

  /** Records of a partition from `offset` on (from the oldest kept, if that is later), at most `limit`. */
  read(partition: number, offset: number, limit: number): JournalRecord[] {
    this.#check(partition);
    const records: JournalRecord[] = [];
    const numbers = this.segments();
    const first = this.#last(numbers, (edges) => edges[partition]!.offset <= offset);
    let next = offset;
    for (const number of numbers.slice(Math.max(0, first))) {
      if (records.length >= limit) break;
      const segment = this.segment(number);
      for (const record of segment?.read(partition, next, limit - records.length) ?? []) {
        if (records.length > 0 && record.offset !== next) throw segment!.missing(partition, next);
        records.push(record);
        next = record.offset + 1;
      }
    }
    return records;
  }

  /** First offset whose append time is at or after `atMs`; the end offset when there is none. */
  offsetAt(partition: number, atMs: number): number {
    this.#check(partition);
    const numbers = this.segments();
    const index = this.#last(numbers, (edges) => edges[partition]!.appendMs < atMs);
    return this.segment(numbers[Math.max(0, index)])?.offsetAt(partition, atMs) ?? 0;
  }

  /** Oldest kept and next offset of every partition. */
  bounds(): { oldest: number; next: number }[] {
    const numbers = this.segments();
    const edges = this.#edgesOf(numbers[0]);
    const newest = this.segment(numbers.at(-1));
    return Array.from({ length: this.#partitions }, (_, partition) => ({
      oldest: edges?.[partition]?.offset ?? 0,
      next: newest?.end(partition) ?? 0,
    }));
  }

  info(): StreamInfo {
    const info: StreamInfo = {
      partitions: this.#partitions,
      records: 0,
      bytes: 0,
      segments: 0,
      oldestMs: null,
      newestMs: null,
    };
    for (const number of this.segments()) {
      const segment = this.segment(number);
      if (segment === null) continue;
      const times = segment.times();
      info.records += segment.count();
      info.bytes += segmentBytes(this.#folder, this.#stream, number);
      info.segments++;
      info.oldestMs ??= times?.firstMs ?? null;
      info.newestMs = times?.lastMs ?? info.newestMs;
    }
    return info;
  }

  close(): void {
    for (const segment of this.#open.values()) segment.close();
    this.#open.clear();
  }

  /** Numbers of the segments, oldest first; the newest may still be in the making elsewhere and is left out then. */
  segments(): number[] {
    const numbers = segmentNumbers(this.#folder, this.#stream);
    for (const number of this.#edges.keys()) {
      if (number < (numbers[0] ?? 0)) this.#edges.delete(number);
    }
    if (numbers.length > 0 && this.#edgesOf(numbers.at(-1)) === null) numbers.pop();
    return numbers;
  }

  /** A shared connection, good until the next call. Null when retention has removed the segment. */
  segment(number: number | undefined): SegmentReader | null {
    if (number === undefined) return null;
    const segment = this.#open.get(number) ?? this.fresh(number);
    if (segment === null) return null;
    this.#open.delete(number);
    this.#open.set(number, segment);
    this.#edges.set(number, segment.edges);
    for (const [oldest, unused] of this.#open) {
      if (this.#open.size <= OPEN_SEGMENTS) break;
      unused.close();
      this.#open.delete(oldest);
    }
    return segment;
  }

  /** A connection that the caller closes. */
  fresh(number: number): SegmentReader | null {
    return SegmentReader.open(this.#folder, this.#stream, number);
  }

  /** The newest segment that holds a partition's `offset` or begins before it; the oldest for an offset that is gone. */
  segmentOf(partition: number, offset: number): number | null {
    const numbers = this.segments();
    const index = this.#last(numbers, (edges) => edges[partition]!.offset <= offset);
    return numbers[Math.max(0, index)] ?? null;
  }

  #edgesOf(number: number | undefined): readonly Edge[] | null {
    if (number === undefined) return null;
    return this.#edges.get(number) ?? this.segment(number)?.edges ?? null;
  }

  /** Index of the last segment whose beginning passes, by bisection; -1 when none does. */
  #last(numbers: number[], test: (edges: readonly Edge[]) => boolean): number {
    let low = 0;
    let high = numbers.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const edges = this.#edgesOf(numbers[middle]);
      // Null: retention has just removed it, so it lies before everything.
      if (edges === null || test(edges)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #check(partition: number): void {
    if (!Number.isInteger(partition) || partition < 0 || partition >= this.#partitions) {
      throw new JournalError(
        `There is no partition ${partition} in a journal of ${this.#partitions} partitions`,
      );
    }
  }
}
