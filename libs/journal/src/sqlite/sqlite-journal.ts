import { JournalClosedError, JournalError, JournalSetupError } from '../journal-errors.js';
import type {
  Checkpoint,
  ConsumeOptions,
  Journal,
  JournalRecord,
  NewRecord,
  Position,
  StreamName,
} from '../journal.js';
import { STREAM_NAMES } from '../journal.js';
import type { Durability } from './database.js';
import { AppendQueue, type QueueLimits } from './append-queue.js';
import { CheckpointClient } from './checkpoint-client.js';
import { Consumer } from './consumer.js';
import { StreamReader, type StreamInfo } from './stream-reader.js';
import { StreamTail } from './stream-tail.js';
import type { StreamLimits } from './stream-writer.js';
import { ThreadClient, workerFile } from './thread-client.js';
import type { WriterData, WriterReply, WriterRequest } from './writer-protocol.js';

/** How often retention looks for what is too old or too much, ms. */
const RETAIN_EVERY_MS = 60_000;

export interface JournalOptions {
  folder: string;
  partitions: number;
  checkpointFile: string;
  readOnly: boolean;
  limits: Record<StreamName, StreamLimits>;
  queue: QueueLimits;
  clock: () => number;
}

/** Of this process since it opened the journal. */
export interface JournalCounters {
  appended: number;
  commits: number;
  /** Appends refused because the queue was full. */
  full: number;
  /** Records that wait for the disk now. */
  waiting: number;
  droppedSegments: number;
  droppedRecords: number;
  /** Records that a consumer of this process could not read, because retention had dropped them. */
  skipped: number;
}

interface Stream {
  queue: AppendQueue;
  reader: StreamReader;
  tail: StreamTail;
  droppedSegments: number;
  droppedRecords: number;
  skipped: number;
}

/** The journal in SQLite files. Made by `openSqliteJournal`. */
export class SqliteJournal implements Journal {
  readonly folder: string;
  readonly partitions: number;
  readonly #options: JournalOptions;
  readonly #streams: Record<StreamName, Stream>;
  readonly #writer: ThreadClient<WriterRequest, WriterReply>;
  readonly #checkpoints: CheckpointClient;
  #timer: NodeJS.Timeout | null = null;
  #closing: Promise<void> | null = null;

  constructor(options: JournalOptions) {
    this.folder = options.folder;
    this.partitions = options.partitions;
    this.#options = options;
    const { folder, partitions, limits } = options;
    const streams = STREAM_NAMES.map((name) => ({ name, partitions, limits: limits[name] }));
    this.#writer = new ThreadClient('writer', workerFile('writer-worker', import.meta.url), {
      folder,
      streams,
    } satisfies WriterData);
    this.#checkpoints = new CheckpointClient(options.checkpointFile);
    this.#streams = {
      frames: this.#stream('frames'),
      ward: this.#stream('ward'),
      events: this.#stream('events'),
    };
  }

  /** Makes every stream's first segment, so that what is wrong with the folder is known before anything is accepted. */
  async start(): Promise<void> {
    if (this.#options.readOnly) return;
    await this.retain();
    this.#timer = setInterval(() => void this.retain().catch(() => {}), RETAIN_EVERY_MS).unref();
  }

  async append(stream: StreamName, records: readonly NewRecord[]): Promise<Position[]> {
    this.#checkOpen();
    if (this.#options.readOnly) throw new JournalSetupError('This journal was opened to be read');
    return this.#streams[stream].queue.append(records, this.#options.clock());
  }

  consume(stream: StreamName, options: ConsumeOptions): AsyncIterable<JournalRecord[]> {
    this.#checkOpen();
    const own = this.#streams[stream];
    const consumer = new Consumer(stream, own.reader, options, (records) => {
      own.skipped += records;
    });
    return consumer.batches(own.tail, options.signal, () => this.#closing !== null);
  }

  async read(
    stream: StreamName,
    partition: number,
    offset: number,
    limit: number,
  ): Promise<JournalRecord[]> {
    this.#checkOpen();
    return this.#streams[stream].reader.read(partition, offset, limit);
  }

  async offsetAt(stream: StreamName, partition: number, atMs: number): Promise<number> {
    this.#checkOpen();
    return this.#streams[stream].reader.offsetAt(partition, atMs);
  }

  async bounds(stream: StreamName): Promise<{ oldest: number; next: number }[]> {
    this.#checkOpen();
    return this.#streams[stream].reader.bounds();
  }

  async commit(consumer: string, checkpoints: readonly Checkpoint[]): Promise<void> {
    this.#checkOpen();
    if (this.#options.readOnly) throw new JournalSetupError('This journal was opened to be read');
    for (const { partition } of checkpoints) this.#checkPartition(partition);
    return this.#checkpoints.commit(consumer, checkpoints);
  }

  async checkpoint(consumer: string, partition: number): Promise<Checkpoint | null> {
    this.#checkOpen();
    this.#checkPartition(partition);
    return this.#checkpoints.load(consumer, partition);
  }

  /** What is on disk, by stream. */
  info(): Record<StreamName, StreamInfo> {
    this.#checkOpen();
    return perStream((stream) => this.#streams[stream].reader.info());
  }

  /** What this process has done, by stream. */
  counters(): Record<StreamName, JournalCounters> {
    return perStream((name) => {
      const { queue, droppedSegments, droppedRecords, skipped } = this.#streams[name];
      return { ...queue.counts, waiting: queue.waiting, droppedSegments, droppedRecords, skipped };
    });
  }

  /** Times that the writer or checkpoint thread had to be started again. */
  get threadRestarts(): number {
    return this.#writer.restarts + this.#checkpoints.restarts;
  }

  /** Seals segments that are due and drops those over the limits. Runs by itself once a minute. */
  async retain(): Promise<void> {
    this.#checkOpen();
    const reply = await this.#writer.call({ type: 'retain', nowMs: this.#nowMs() });
    if (reply.type !== 'retained') return;
    for (const name of STREAM_NAMES) {
      this.#streams[name].droppedSegments += reply.dropped[name]?.segments ?? 0;
      this.#streams[name].droppedRecords += reply.dropped[name]?.records ?? 0;
    }
  }

  /** The settings that SQLite reports on the connections that write: records and checkpoints. */
  async durability(stream: StreamName): Promise<{ records: Durability; checkpoints: Durability }> {
    this.#checkOpen();
    const reply = await this.#writer.call({ type: 'durability', stream, nowMs: this.#nowMs() });
    if (reply.type !== 'durability') throw new JournalError('unexpected reply');
    return { records: reply.durability, checkpoints: await this.#checkpoints.durability() };
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    const streams = Object.values(this.#streams);
    await Promise.all(streams.map((stream) => stream.queue.drained()));
    for (const { tail, reader } of streams) {
      tail.close();
      reader.close();
    }
    await Promise.all([this.#writer.close({ type: 'close' }), this.#checkpoints.close()]);
  }

  #stream(name: StreamName): Stream {
    const { folder, partitions, queue } = this.#options;
    const reader = new StreamReader(folder, name, partitions);
    const tail = new StreamTail(reader);
    const commit = async (records: WriterAppend['records']) => {
      const reply = await this.#writer.call(
        { type: 'append', stream: name, records, nowMs: this.#nowMs() },
        [records.values.buffer],
      );
      if (reply.type !== 'appended') throw new JournalError('unexpected reply');
      tail.wake();
      return reply.offsets;
    };
    return {
      queue: new AppendQueue(name, partitions, queue, commit),
      reader,
      tail,
      droppedSegments: 0,
      droppedRecords: 0,
      skipped: 0,
    };
  }

  #nowMs(): number {
    return Math.round(this.#options.clock());
  }

  #checkOpen(): void {
    if (this.#closing !== null) throw new JournalClosedError('The journal is closed');
  }

  #checkPartition(partition: number): void {
    if (Number.isInteger(partition) && partition >= 0 && partition < this.partitions) return;
    throw new JournalError(
      `There is no partition ${partition} in a journal of ${this.partitions} partitions`,
    );
  }
}

type WriterAppend = Extract<WriterRequest, { type: 'append' }>;

function perStream<T>(of: (stream: StreamName) => T): Record<StreamName, T> {
  return { frames: of('frames'), ward: of('ward'), events: of('events') };
}
