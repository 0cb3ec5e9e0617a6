import type { Checkpoint, JournalRecord } from '@app/journal';
import { PartitionSessions } from './partition-sessions.js';
import type { ProcessorMetrics } from './processor-metrics.js';

/** The processor's whole memory: how far it is in each partition, and the sessions of its devices. */
export class ProcessorState {
  private readonly partitions = new Map<number, PartitionSessions>();
  private readonly offsets = new Map<number, number>();

  constructor(private readonly metrics: ProcessorMetrics) {}

  sessionsOf(partition: number): PartitionSessions {
    let sessions = this.partitions.get(partition);
    if (sessions === undefined) {
      sessions = new PartitionSessions(this.metrics);
      this.partitions.set(partition, sessions);
    }
    return sessions;
  }

  /** The record has been worked through, as soon as its results are durable. */
  advance({ partition, offset }: JournalRecord): void {
    this.offsets.set(partition, offset + 1);
  }

  /** @throws when the saved state is of another version or damaged; then `startOver`. */
  restore(partition: number, saved: ReadonlyMap<string, Uint8Array>): void {
    this.partitions.set(partition, new PartitionSessions(this.metrics, saved));
  }

  /** Begins a partition without its saved state, which the next checkpoint removes. */
  startOver(partition: number, saved: Iterable<string>): void {
    const sessions = new PartitionSessions(this.metrics);
    for (const key of saved) sessions.drop(key);
    this.partitions.set(partition, sessions);
  }

  /** Progress and the state that changed since the last call; only between two batches. */
  takeCheckpoints(): Checkpoint[] {
    return [...this.offsets].map(([partition, offset]) => ({
      partition,
      offset,
      ...this.sessionsOf(partition).takeChanges(),
    }));
  }

  /** The next offset of each partition that has been read. */
  get positions(): ReadonlyMap<number, number> {
    return this.offsets;
  }

  get sessions(): number {
    return [...this.partitions.values()].reduce((sum, { size }) => sum + size, 0);
  }

  get lanes(): number {
    return [...this.partitions.values()].reduce((sum, { lanes }) => sum + lanes, 0);
  }
}
