import { type PartitionView, wardOverview } from '@app/alarms';
import { type Origin, type WardRecord, encodeRecord, partitionOf } from '@app/contracts';
import type { NewRecord } from '@app/journal';

/** A ward's status is told when it changes, and this often, ms: what is older says nothing any more. */
const TELL_EVERY_MS = 10_000;

/**
 * Sees every ward over all partitions and says into `ward` how it is. What it says is recorded, so the alarm machine stays
 * a function of the records of its own partition.
 */
export class WardWatch {
  private readonly told = new Map<string, { what: string; atMs: number }>();

  constructor(
    private readonly partitions: number,
    private readonly origin: Origin,
  ) {}

  /** Records for every ward whose status has changed or is due at a tick. */
  look(views: readonly PartitionView[], atMs: number): NewRecord[] {
    return wardOverview(views, this.origin, atMs).flatMap((status) => {
      const { atMs: _at, ...said } = status;
      const what = JSON.stringify(said);
      const before = this.told.get(status.patient);
      if (before?.what === what && atMs - before.atMs < TELL_EVERY_MS) return [];
      this.told.set(status.patient, { what, atMs });
      const homePartition = partitionOf(status.patient, this.partitions);
      return Array.from({ length: this.partitions }, (_, partition): NewRecord => {
        const record: WardRecord = { ...status, home: partition === homePartition };
        return { key: status.patient, partition, value: encodeRecord(record) };
      });
    });
  }
}
