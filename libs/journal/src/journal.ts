/**
 * The journal: ordered, durable, partitioned records. Every input is here before anyone is told that it arrived,
 * and all that Vigil computes is a function of it. Two adapters hold to one contract suite: SQLite and (later) Kafka.
 */
export type StreamName = 'frames' | 'ward' | 'events';
export const STREAM_NAMES: readonly StreamName[] = ['frames', 'ward', 'events'];

export interface NewRecord {
  /** Decides the partition (`partitionOf`) and so the order: records of one key stay in order. */
  key: string;
  /** Not to be changed until the append has resolved. */
  value: Uint8Array;
  /** Overrides the key's partition: for a clock tick, of which every partition needs one. */
  partition?: number;
}

export interface JournalRecord {
  stream: StreamName;
  partition: number;
  /** Counts a partition's records, from 0, without a gap. */
  offset: number;
  key: string;
  /** Station's clock at the append, ms since 1970; never falls within a partition. */
  appendMs: number;
  value: Uint8Array;
}

export interface Position {
  partition: number;
  offset: number;
}

/** A consumer's progress in one partition, with the state that belongs to it. Saved in one transaction. */
export interface Checkpoint {
  partition: number;
  /** The next offset to read. */
  offset: number;
  /** State by key (a device, a patient). A commit replaces the keys that it names and keeps the others. */
  state: Map<string, Uint8Array>;
  /** Keys whose state is no longer needed. */
  deleted?: string[];
}

export interface ConsumeOptions {
  /** The next offset to read of each partition to be read. */
  from: ReadonlyMap<number, number>;
  /** Most records in one batch. Default 512. */
  maxRecords?: number;
  /** Ends the iteration. */
  signal: AbortSignal;
}

export interface Journal {
  /** Partitions of every stream; fixed when the journal is made. */
  readonly partitions: number;

  /**
   * Appends the records in order, all or none of them, and resolves when they are durable (survive power loss).
   * Concurrent calls share one commit. Rejects when the queue is full (`JournalFullError`) or the disk fails.
   */
  append(stream: StreamName, records: readonly NewRecord[]): Promise<Position[]>;

  /**
   * Yields batches in the order of each partition, first what is there, then what comes, without end; pulls, so a slow
   * consumer costs no memory. An offset that retention has dropped continues at the oldest record (and is counted); one
   * that was never written throws (`JournalOffsetError`). Ends when the signal says so or the journal is closed.
   */
  consume(stream: StreamName, options: ConsumeOptions): AsyncIterable<JournalRecord[]>;

  /** Records of one partition from `offset` on, at most `limit`. */
  read(
    stream: StreamName,
    partition: number,
    offset: number,
    limit: number,
  ): Promise<JournalRecord[]>;

  /** The first offset whose append time is at or after `atMs`; the end offset when there is none. */
  offsetAt(stream: StreamName, partition: number, atMs: number): Promise<number>;

  /** Oldest kept and next offset of every partition. */
  bounds(stream: StreamName): Promise<{ oldest: number; next: number }[]>;

  /** Saves progress and state of a consumer, durable, in one transaction. */
  commit(consumer: string, checkpoints: readonly Checkpoint[]): Promise<void>;

  /** The last commit of a consumer for a partition, or null. */
  checkpoint(consumer: string, partition: number): Promise<Checkpoint | null>;

  close(): Promise<void>;
}
