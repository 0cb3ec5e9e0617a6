import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { StreamName } from '../journal.js';
import { segmentError } from './damage.js';
import type { Durability } from './database.js';
import { openForReading } from './database.js';
import { removeLeftovers, removeSegment, segmentBytes, segmentNumbers } from './segment-folder.js';
import { segmentFile, type Edge } from './segment-format.js';
import { SegmentWriter, type SegmentRecord } from './segment-writer.js';

/** When a stream starts a new segment, and when it forgets old ones. */
export interface StreamLimits {
  /** A segment is sealed once it is larger or older than this. */
  segmentBytes: number;
  segmentAgeMs: number;
  /** The oldest sealed segments are dropped while the stream is larger than this, … */
  maxBytes: number;
  /** … or while their newest record is older than this. */
  maxAgeMs: number;
}

export interface Dropped {
  segments: number;
  records: number;
}

/**
 * Appends to one stream's newest segment. Rolling is two commits: the old segment is sealed, then the next one made from its
 * seal. Whoever finds a sealed segment without a successor makes it, so it does not matter where a process dies.
 */
export class StreamWriter {
  readonly #folder: string;
  readonly #stream: StreamName;
  readonly #partitions: number;
  readonly #limits: StreamLimits;
  #number = 0;
  #segment: SegmentWriter | null = null;

  constructor(folder: string, stream: StreamName, partitions: number, limits: StreamLimits) {
    this.#folder = folder;
    this.#stream = stream;
    this.#partitions = partitions;
    this.#limits = limits;
  }

  /** Appends in one commit; gives the records' offsets. */
  append(records: readonly SegmentRecord[], nowMs: number): number[] {
    try {
      for (;;) {
        const segment = this.#current(nowMs);
        const offsets = this.#isDue(segment, nowMs) ? null : segment.append(records);
        if (offsets !== null) return offsets;
        this.#roll(segment, nowMs);
      }
    } catch (error) {
      // Whatever the connection's state is now, the next append starts from the files.
      this.close();
      throw error;
    }
  }

  /** Seals a segment that is due even if nothing comes any more, then drops what is over the limits. */
  retain(nowMs: number): Dropped {
    this.append([], nowMs);
    const dropped: Dropped = { segments: 0, records: 0 };
    const kept = segmentNumbers(this.#folder, this.#stream);
    removeLeftovers(this.#folder, this.#stream, kept[0] ?? 0);
    // Sized once: another process may be dropping the same ones, and what it drops must not count as being there.
    const sizes = kept.map((number) => segmentBytes(this.#folder, this.#stream, number));
    let bytes = sizes.reduce((sum, size) => sum + size, 0);
    for (const [i, number] of kept.entries()) {
      if (number >= this.#number) break;
      const last = this.#lastOf(number);
      const isOver = bytes > this.#limits.maxBytes;
      const isOld = last !== null && last.appendMs < nowMs - this.#limits.maxAgeMs;
      if (!isOver && !isOld) break;
      bytes -= sizes[i] ?? 0;
      if (last === null) continue;
      removeSegment(this.#folder, this.#stream, number);
      dropped.segments++;
      dropped.records += last.records;
    }
    return dropped;
  }

  durability(nowMs: number): Durability {
    return this.#current(nowMs).durability();
  }

  close(): void {
    this.#segment?.close();
    this.#segment = null;
  }

  #current(nowMs: number): SegmentWriter {
    if (this.#segment === null) {
      this.#number = segmentNumbers(this.#folder, this.#stream).at(-1) ?? 1;
      this.#segment = this.#open(this.#number, nowMs, () => this.#edgesBefore(this.#number, nowMs));
    }
    return this.#segment;
  }

  #isDue(segment: SegmentWriter, nowMs: number): boolean {
    const { records, bytes, createdMs } = segment.size();
    return (
      records > 0 &&
      (bytes >= this.#limits.segmentBytes || nowMs - createdMs >= this.#limits.segmentAgeMs)
    );
  }

  #roll(segment: SegmentWriter, nowMs: number): void {
    const edges = segment.seal(nowMs);
    this.#segment = this.#open(this.#number + 1, nowMs, () => edges);
    this.#number++;
    segment.close();
  }

  #open(number: number, nowMs: number, edges: () => Edge[]): SegmentWriter {
    const spec = {
      folder: this.#folder,
      stream: this.#stream,
      number,
      partitions: this.#partitions,
    };
    return new SegmentWriter(spec, nowMs, edges);
  }

  /** Where an unfinished newest segment has to begin. */
  #edgesBefore(number: number, nowMs: number): Edge[] {
    if (number === 1)
      return Array.from({ length: this.#partitions }, () => ({ offset: 0, appendMs: 0 }));
    const before = number - 1;
    if (!segmentNumbers(this.#folder, this.#stream).includes(before)) {
      throw new Error(
        `${segmentFile(this.#stream, number)} is empty and ${segmentFile(this.#stream, before)} is missing: offsets cannot go on`,
      );
    }
    const segment = this.#open(before, nowMs, () => this.#edgesBefore(before, nowMs));
    try {
      return segment.seal(nowMs);
    } finally {
      segment.close();
    }
  }

  #lastOf(number: number): { records: number; appendMs: number } | null {
    const file = segmentFile(this.#stream, number);
    let database: DatabaseSync | null = null;
    try {
      database = openForReading(join(this.#folder, file));
      if (database === null) return null;
      const row = database
        .prepare(
          'SELECT (SELECT coalesce(max(seq), 0) FROM record) AS records, max(end_ms) AS ms FROM edge',
        )
        .get();
      return { records: Number(row?.['records']), appendMs: Number(row?.['ms']) };
    } catch (error) {
      throw segmentError(error, this.#stream, file);
    } finally {
      database?.close();
    }
  }
}
