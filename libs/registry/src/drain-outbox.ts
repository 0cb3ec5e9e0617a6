import { encodeRecord, wardOfLimitsKey } from '@app/contracts';
import type { Outbox } from './registry.js';

/** What `drainOutbox` needs of a journal. */
export interface WardStream {
  readonly partitions: number;
  append(
    stream: 'ward',
    records: readonly { key: string; value: Uint8Array; partition?: number }[],
  ): Promise<unknown>;
}

/** Records appended together: one commit of the journal for many changes. */
const BATCH_RECORDS = 256;

/**
 * Appends to `ward` what changes of the registry have left, oldest first, and takes it out of the outbox when it is durable.
 * When two processes do so at once, or one ends in between, a record may be there twice: each holds the complete state
 * with its time, so followers see that nothing is new.
 * @returns how many changes it has appended. Rejects when the journal takes nothing: all stays in the outbox.
 */
export async function drainOutbox(
  { outbox }: { outbox: Pick<Outbox, 'peek' | 'remove'> },
  journal: WardStream,
): Promise<number> {
  let appended = 0;
  for (;;) {
    const waiting = await outbox.peek(BATCH_RECORDS);
    if (waiting.length === 0) return appended;
    const records = waiting.flatMap(({ key, record }) => {
      const value = encodeRecord(record);
      const isWards = record.type === 'limits' && wardOfLimitsKey(record.patient) !== null;
      if (!isWards) return [{ key, value }];
      // the limits of a ward hold for patients of every partition
      return Array.from({ length: journal.partitions }, (_, partition) => ({
        key,
        value,
        partition,
      }));
    });
    await journal.append('ward', records);
    await outbox.remove(waiting.map(({ id }) => id));
    appended += waiting.length;
  }
}
