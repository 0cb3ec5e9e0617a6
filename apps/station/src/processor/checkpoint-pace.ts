import type { Clock } from '../platform/clock.js';

/** What a crash makes the processor repeat at most, ms of work, while checkpoints are cheap … */
const CHECKPOINT_EVERY_MS = 5_000;
/** … and the largest share of its time that checkpoints may take otherwise. */
const LARGEST_SHARE = 0.05;

/** When the next checkpoint is due: every 5 s, less often when it takes long. It has no influence on any result. */
export class CheckpointPace {
  private dueMs: number;

  constructor(private readonly clock: Clock) {
    this.dueMs = clock.nowMs() + CHECKPOINT_EVERY_MS;
  }

  isDue(): boolean {
    return this.clock.nowMs() >= this.dueMs;
  }

  /** Runs the taking of a checkpoint and sets the time of the next. */
  timed<T>(take: () => T): T {
    const startMs = this.clock.nowMs();
    const taken = take();
    const endMs = this.clock.nowMs();
    this.dueMs = endMs + Math.max(CHECKPOINT_EVERY_MS, (endMs - startMs) / LARGEST_SHARE);
    return taken;
  }
}
