import { partitionOf } from '@app/contracts';
import { JournalError, JournalFullError } from '../journal-errors.js';
import type { NewRecord, Position } from '../journal.js';
import type { PackedRecords } from './writer-protocol.js';

/** Bounds of what waits for the disk, per stream. Policy when full: refuse, and count. */
export interface QueueLimits {
  records: number;
  bytes: number;
}

/** Most that one commit takes, so that its first record does not wait for a long one. */
const COMMIT_RECORDS = 4096;
const COMMIT_BYTES = 4 * 1024 * 1024;

interface Call {
  records: readonly NewRecord[];
  partitions: number[];
  bytes: number;
  appendMs: number;
  resolve: (positions: Position[]) => void;
  reject: (error: unknown) => void;
}

/** Writes one commit and gives the offsets. */
export type Commit = (records: PackedRecords) => Promise<Float64Array>;

/**
 * Group commit: while one commit is on its way to the disk, calls gather here and share the next one. So commits are as
 * large as the disk is slow, and a lone call waits for nobody.
 */
export class AppendQueue {
  readonly #stream: string;
  readonly #partitions: number;
  readonly #limits: QueueLimits;
  readonly #commit: Commit;
  #calls: Call[] = [];
  #records = 0;
  #bytes = 0;
  #isBusy = false;
  #idle: (() => void)[] = [];

  /** Records made durable, commits that carried them, and calls refused because the queue was full. */
  readonly counts = { appended: 0, commits: 0, full: 0 };

  constructor(stream: string, partitions: number, limits: QueueLimits, commit: Commit) {
    this.#stream = stream;
    this.#partitions = partitions;
    this.#limits = limits;
    this.#commit = commit;
  }

  /** Records that wait for the disk. */
  get waiting(): number {
    return this.#records;
  }

  append(records: readonly NewRecord[], appendMs: number): Promise<Position[]> {
    if (records.length === 0) return Promise.resolve([]);
    let bytes = 0;
    for (const record of records) bytes += record.value.length + record.key.length;
    if (
      this.#records > 0 &&
      (this.#records + records.length > this.#limits.records ||
        this.#bytes + bytes > this.#limits.bytes)
    ) {
      this.counts.full++;
      return Promise.reject(
        new JournalFullError(
          `Journal full: ${this.#records} records (${this.#bytes} bytes) of stream ${this.#stream} wait for the disk`,
        ),
      );
    }
    return new Promise((resolve, reject) => {
      const partitions = records.map((record) => this.#partitionOf(record));
      this.#calls.push({ records, partitions, bytes, appendMs, resolve, reject });
      this.#records += records.length;
      this.#bytes += bytes;
      this.#schedule();
    });
  }

  /** Resolves when nothing waits any more. */
  drained(): Promise<void> {
    if (this.#records === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #partitionOf({ key, partition }: NewRecord): number {
    if (partition === undefined) return partitionOf(key, this.#partitions);
    if (Number.isInteger(partition) && partition >= 0 && partition < this.#partitions)
      return partition;
    throw new JournalError(
      `There is no partition ${partition} in a journal of ${this.#partitions} partitions`,
    );
  }

  #schedule(): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    // One turn of the event loop: all that arrived in it shares a commit.
    setImmediate(() => void this.#run());
  }

  async #run(): Promise<void> {
    while (this.#calls.length > 0) {
      const calls = this.#take();
      try {
        const offsets = await this.#commit(pack(calls));
        this.#accept(calls, offsets);
      } catch (error) {
        for (const call of calls) call.reject(error);
      }
      for (const call of calls) {
        this.#records -= call.records.length;
        this.#bytes -= call.bytes;
      }
    }
    this.#isBusy = false;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #take(): Call[] {
    let records = 0;
    let bytes = 0;
    let count = 0;
    for (const call of this.#calls) {
      records += call.records.length;
      bytes += call.bytes;
      if (count > 0 && (records > COMMIT_RECORDS || bytes > COMMIT_BYTES)) break;
      count++;
    }
    return this.#calls.splice(0, count);
  }

  #accept(calls: Call[], offsets: Float64Array): void {
    this.counts.commits++;
    this.counts.appended += offsets.length;
    let i = 0;
    for (const call of calls) {
      call.resolve(call.partitions.map((partition) => ({ partition, offset: offsets[i++]! })));
    }
  }
}

function pack(calls: Call[]): PackedRecords {
  const records = calls.flatMap((call) => call.records);
  const lengths = Int32Array.from(records, (record) => record.value.length);
  const values = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let start = 0;
  for (const { value } of records) {
    values.set(value, start);
    start += value.length;
  }
  return {
    partitions: Int32Array.from(calls.flatMap((call) => call.partitions)),
    appendMs: Float64Array.from(
      calls.flatMap((call) => call.records.map(() => Math.round(call.appendMs))),
    ),
    keys: records.map((record) => record.key),
    lengths,
    values,
  };
}
