import type { Journal, NewRecord, StreamName } from '@app/journal';
import type { Clock } from './clock.js';

/** Key of the ticks in a stream. */
export const TICK_KEY = 'tick';

/** Appends one tick per partition and second to a stream: silence, too, is an input. */
export class Ticker {
  private timer: NodeJS.Timeout | null = null;
  private pending = false;

  constructor(
    private readonly journal: Journal,
    private readonly stream: StreamName,
    private readonly clock: Clock,
    private readonly encode: (atMs: number, partition: number) => Uint8Array,
    private readonly told: {
      recorded?: () => void;
      failed: (error: unknown) => void;
    },
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.tick(), 1000);
  }

  stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  /** A tick that finds the last one still waiting for the disk is skipped: ticks carry the time, not a count. */
  private async tick(): Promise<void> {
    if (this.pending) return;
    this.pending = true;
    try {
      const atMs = Math.round(this.clock.nowMs());
      const records = Array.from(
        { length: this.journal.partitions },
        (_, partition): NewRecord => ({
          key: TICK_KEY,
          partition,
          value: this.encode(atMs, partition),
        }),
      );
      await this.journal.append(this.stream, records);
      this.told.recorded?.();
    } catch (error) {
      this.told.failed(error);
    } finally {
      this.pending = false;
    }
  }
}
