import type { Checkpoint, Journal, JournalRecord, StreamName } from '@app/journal';
import { untilTaken } from './until-taken.js';

export interface ConsumerOptions {
  /** Names the checkpoint. */
  name: string;
  stream: StreamName;
  partitions: readonly number[];
  /** Where to begin without a checkpoint. */
  start: 'oldest' | 'next';
  signal: AbortSignal;
  maxRecords?: number;
  /** Gets the state that was saved, before the first batch. When it cannot be used: `start-over`, from the oldest record. */
  restore?: (
    partition: number,
    state: ReadonlyMap<string, Uint8Array>,
  ) => 'restored' | 'start-over' | void;
  /** Works on one batch. Its outputs must be durable when it resolves; what it returns is committed, or nothing. */
  handle: (records: JournalRecord[]) => Promise<readonly Checkpoint[] | null>;
}

/** Reads a stream from the consumer's checkpoint until the signal ends it. Rejects when a batch fails: nothing is skipped. */
export async function runConsumer(journal: Journal, options: ConsumerOptions): Promise<void> {
  const from = new Map<number, number>();
  const bounds = await journal.bounds(options.stream);
  for (const partition of options.partitions) {
    const saved = await journal.checkpoint(options.name, partition);
    const restored = saved === null ? undefined : options.restore?.(partition, saved.state);
    const { oldest, next } = bounds[partition] ?? { oldest: 0, next: 0 };
    if (restored === 'start-over') from.set(partition, oldest);
    else from.set(partition, saved?.offset ?? (options.start === 'oldest' ? oldest : next));
  }
  const batches = journal.consume(options.stream, {
    from,
    signal: options.signal,
    ...(options.maxRecords === undefined ? {} : { maxRecords: options.maxRecords }),
  });
  for await (const records of batches) {
    const checkpoints = await options.handle(records);
    if (checkpoints === null) continue;
    const commit = () => journal.commit(options.name, checkpoints);
    await untilTaken(`the checkpoint of ${options.name}`, commit, options.signal);
  }
}

/** The offset after the last record of each partition in a batch. */
export function nextOffsets(records: readonly JournalRecord[]): Map<number, number> {
  const next = new Map<number, number>();
  for (const { partition, offset } of records) next.set(partition, offset + 1);
  return next;
}
