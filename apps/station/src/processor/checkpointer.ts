import type { Checkpoint, Journal } from '@app/journal';
import type { Clock } from '../platform/clock.js';
import { untilTaken } from '../platform/until-taken.js';

/** What a crash makes the processor repeat at most, ms of work, while checkpoints are cheap … */
const CHECKPOINT_EVERY_MS = 5_000;
/** … and the largest share of the time that checkpoints may take otherwise. */
const LARGEST_SHARE = 0.05;

/**
 * Saves the processor's progress beside its work: every 5 s, less often when that takes long. The state is copied between
 * two batches and written while the next ones are worked on; when that was has no influence on any result.
 */
export class Checkpointer {
  private dueMs: number;
  private writing: Promise<void> | null = null;
  private failure: unknown = null;

  constructor(
    private readonly journal: Journal,
    private readonly consumer: string,
    private readonly clock: Clock,
    private readonly signal?: AbortSignal,
  ) {
    this.dueMs = clock.nowMs() + CHECKPOINT_EVERY_MS;
  }

  get isWriting(): boolean {
    return this.writing !== null;
  }

  /**
   * Call between batches. Takes a checkpoint when one is due and the last one is written.
   * @throws what made the last one fail: its changes are lost, so the processor has to begin again from the one before.
   */
  offer(take: () => Checkpoint[]): void {
    if (this.failure !== null) throw this.failure;
    if (this.writing !== null || this.clock.nowMs() < this.dueMs) return;
    this.writing = this.write(take).catch((error: unknown) => {
      this.failure = error;
    });
  }

  /** The last checkpoint, when no more batches come. */
  async finish(take: () => Checkpoint[]): Promise<void> {
    await this.writing;
    if (this.failure !== null) throw this.failure;
    await this.write(take);
  }

  private async write(take: () => Checkpoint[]): Promise<void> {
    const startMs = this.clock.nowMs();
    const checkpoints = take();
    const commit = () => this.journal.commit(this.consumer, checkpoints);
    await untilTaken(`the checkpoint of ${this.consumer}`, commit, this.signal);
    const endMs = this.clock.nowMs();
    this.dueMs = endMs + Math.max(CHECKPOINT_EVERY_MS, (endMs - startMs) / LARGEST_SHARE);
    this.writing = null;
  }
}
