import type { StreamName } from '../journal.js';
import type { QueueLimits } from './append-queue.js';
import { checkpointFile, soundCheckpointFile } from './checkpoint-file.js';
import { openRoot, readRoot } from './journal-root.js';
import { SqliteJournal } from './sqlite-journal.js';
import type { StreamLimits } from './stream-writer.js';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const HOUR_MS = 3_600_000;

/**
 * One wearable makes about 40 MB of `frames` and a tenth of that of `ward` a day. A segment is small enough that dropping
 * one loses little, and large enough that a week is a few dozen files.
 */
export const DEFAULT_STREAM_LIMITS: Record<StreamName, StreamLimits> = {
  frames: limits(256 * MIB, 20 * GIB),
  ward: limits(128 * MIB, 10 * GIB),
  events: limits(64 * MIB, 2 * GIB),
};

export const DEFAULT_QUEUE_LIMITS: QueueLimits = { records: 20_000, bytes: 64 * MIB };

export interface SqliteJournalOptions {
  /** Made when it is missing. May be open in several processes of one host at once. */
  folder: string;
  /** Of every stream. Fixed when the journal is made; another number is refused. */
  partitions: number;
  /** When segments are sealed and dropped. The same in every process that opens the folder. */
  retention?: Partial<Record<StreamName, Partial<StreamLimits>>>;
  /** Bound of what waits for the disk, per stream. */
  queue?: Partial<QueueLimits>;
  /** Station's clock, ms since 1970. */
  clock?: () => number;
  /** Told in a sentence when the checkpoints are damaged, and every consumer starts over. */
  onDamage?: (sentence: string) => void;
}

/** Opens the journal in a folder, or makes it. Throws `JournalSetupError` when it does not fit. */
export async function openSqliteJournal(options: SqliteJournalOptions): Promise<SqliteJournal> {
  const clock = options.clock ?? Date.now;
  openRoot(options.folder, options.partitions, clock());
  const journal = new SqliteJournal({
    folder: options.folder,
    partitions: options.partitions,
    checkpointFile: soundCheckpointFile(options.folder, options.onDamage ?? (() => undefined)),
    readOnly: false,
    limits: {
      frames: limitsOf('frames', options),
      ward: limitsOf('ward', options),
      events: limitsOf('events', options),
    },
    queue: { ...DEFAULT_QUEUE_LIMITS, ...options.queue },
    clock,
  });
  try {
    await journal.start();
  } catch (error) {
    await journal.close();
    throw error;
  }
  return journal;
}

/** Opens an existing journal to look at it: appends nothing, drops nothing. Throws `JournalSetupError` when there is none. */
export async function openSqliteJournalToRead(folder: string): Promise<SqliteJournal> {
  return new SqliteJournal({
    folder,
    partitions: readRoot(folder),
    checkpointFile: checkpointFile(folder),
    readOnly: true,
    limits: DEFAULT_STREAM_LIMITS,
    queue: DEFAULT_QUEUE_LIMITS,
    clock: Date.now,
  });
}

/** Most of a stream's allowance that one segment holds: only whole segments can be dropped. */
const SEGMENT_SHARE = 1 / 8;

function limitsOf(stream: StreamName, options: SqliteJournalOptions): StreamLimits {
  const merged = { ...DEFAULT_STREAM_LIMITS[stream], ...options.retention?.[stream] };
  return {
    segmentBytes: Math.min(merged.segmentBytes, merged.maxBytes * SEGMENT_SHARE),
    segmentAgeMs: Math.min(merged.segmentAgeMs, merged.maxAgeMs * SEGMENT_SHARE),
    maxBytes: merged.maxBytes,
    maxAgeMs: merged.maxAgeMs,
  };
}

function limits(segmentBytes: number, maxBytes: number): StreamLimits {
  return { segmentBytes, segmentAgeMs: 6 * HOUR_MS, maxBytes, maxAgeMs: 7 * 24 * HOUR_MS };
}
