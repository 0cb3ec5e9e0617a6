import { setImmediate as nextTurn } from 'node:timers/promises';
import { JournalOffsetError } from '../journal-errors.js';
import type { ConsumeOptions, JournalRecord, StreamName } from '../journal.js';
import type { SegmentReader } from './segment-reader.js';
import type { StreamReader } from './stream-reader.js';
import type { StreamTail } from './stream-tail.js';

const DEFAULT_RECORDS = 512;
/** Most records, those of other partitions included, that one look passes over. */
const SCANNED_RECORDS = 8192;

const AT_END = { batch: [], isEnd: true };

/**
 * Reads some partitions of a stream in the order of commit, segment after segment. It holds one batch at most, and a
 * connection of its own, so that a segment that retention removes under it can still be read to its end.
 */
export class Consumer {
  readonly #stream: StreamName;
  readonly #reader: StreamReader;
  readonly #next: Map<number, number>;
  readonly #partitions: number[];
  readonly #limit: number;
  readonly #skipped: (records: number) => void;
  #segment: SegmentReader | null = null;
  /** The last `seq` of the segment that was read. */
  #seq = 0;

  constructor(
    stream: StreamName,
    reader: StreamReader,
    options: ConsumeOptions,
    skipped: (records: number) => void,
  ) {
    this.#stream = stream;
    this.#reader = reader;
    this.#next = new Map(options.from);
    this.#partitions = [...options.from.keys()];
    this.#limit = Math.max(1, options.maxRecords ?? DEFAULT_RECORDS);
    this.#skipped = skipped;
  }

  async *batches(
    tail: StreamTail,
    signal: AbortSignal,
    isClosed: () => boolean,
  ): AsyncGenerator<JournalRecord[], void, undefined> {
    try {
      while (!signal.aborted && !isClosed()) {
        const ticket = tail.ticket();
        const { batch, isEnd } = this.#pull();
        if (batch.length > 0) yield batch;
        // Reading blocks: between two batches everybody else has a turn, however far behind this consumer is.
        await (isEnd ? tail.changed(ticket, signal) : nextTurn());
      }
    } finally {
      this.#segment?.close();
      this.#segment = null;
    }
  }

  /** One bounded look: some records (or none, all of other partitions), and whether it was the end of the stream. */
  #pull(): { batch: JournalRecord[]; isEnd: boolean } {
    if (this.#partitions.length === 0) return AT_END;
    const segment = this.#segment ?? this.#begin();
    if (segment === null) return AT_END;
    // In this order: a segment that was sealed before it was read to its end holds nothing more.
    const isSealed = segment.isSealed();
    const count = segment.count();
    if (this.#seq < count) return { batch: this.#scan(segment, count), isEnd: false };
    return { batch: [], isEnd: !isSealed || !this.#advance(segment) };
  }

  #scan(segment: SegmentReader, count: number): JournalRecord[] {
    const upTo = Math.min(count, this.#seq + SCANNED_RECORDS);
    const found = segment.scan(this.#partitions, this.#seq, upTo, this.#limit);
    this.#seq = found.length < this.#limit ? upTo : found.at(-1)!.seq;
    return found.map(({ record }) => record).filter((record) => this.#take(segment, record));
  }

  /** False for what this consumer has already read before it began here. */
  #take(segment: SegmentReader, record: JournalRecord): boolean {
    const next = this.#next.get(record.partition)!;
    if (record.offset < next) return false;
    if (record.offset > next) throw segment.missing(record.partition, next);
    this.#next.set(record.partition, next + 1);
    return true;
  }

  /** Finds the first segment and the place in it. Null while the stream has no segment. */
  #begin(): SegmentReader | null {
    this.#checkBounds();
    let number: number | null = null;
    for (const [partition, offset] of this.#next) {
      const holder = this.#reader.segmentOf(partition, offset);
      if (holder !== null) number = Math.min(number ?? holder, holder);
    }
    const segment = number === null ? null : this.#reader.fresh(number);
    if (segment === null) return null;
    this.#seq = this.#place(segment);
    this.#skipDropped(segment);
    return (this.#segment = segment);
  }

  #checkBounds(): void {
    const bounds = this.#reader.bounds();
    for (const [partition, offset] of this.#next) {
      const end = bounds[partition]?.next;
      if (end === undefined)
        throw new JournalOffsetError(`Stream ${this.#stream} has no partition ${partition}`);
      if (!(offset >= 0 && offset <= end)) {
        throw new JournalOffsetError(
          `Stream ${this.#stream}, partition ${partition}: offset ${offset} is not within 0 to ${end}; ` +
            "the checkpoint belongs to another journal, or records were lost. Without the journal folder's checkpoints*.sqlite files every follower starts over",
        );
      }
    }
  }

  /** Goes to the segment after this one; false while there is none. */
  #advance(segment: SegmentReader): boolean {
    let next = this.#reader.fresh(segment.number + 1);
    if (next === null) {
      // Retention may have overtaken this consumer by several segments.
      const oldest = this.#reader.segments()[0] ?? 0;
      next = oldest > segment.number + 1 ? this.#reader.fresh(oldest) : null;
      if (next === null) return false;
      this.#skipDropped(next);
    }
    for (const [partition, offset] of this.#next) {
      if (next.edges[partition]!.offset === offset) continue;
      next.close();
      throw segment.missing(partition, offset);
    }
    segment.close();
    this.#segment = next;
    this.#seq = 0;
    return true;
  }

  #skipDropped(segment: SegmentReader): void {
    for (const [partition, offset] of this.#next) {
      const first = segment.edges[partition]!.offset;
      if (first <= offset) continue;
      this.#skipped(first - offset);
      this.#next.set(partition, first);
    }
  }

  /** `seq` after which the first unread record comes. */
  #place(segment: SegmentReader): number {
    // Counted first: a partition without an unread record among these has none before that `seq`.
    let seq = segment.count();
    for (const [partition, offset] of this.#next) {
      const found = segment.seqAt(partition, offset);
      if (found !== null) seq = Math.min(seq, found - 1);
    }
    return seq;
  }
}
