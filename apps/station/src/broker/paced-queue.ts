import type { Clock } from '../platform/clock.js';
import type { TopicAllowance } from './allowance.js';

interface Waiting {
  bytes: number;
  sinceMs: number;
  run: (waitedMs: number) => void;
}

/**
 * The messages of one connection on one topic: each runs when the device's allowance covers it, in order. Its length is
 * bounded by the connection's publishes in flight: who is not acknowledged cannot send more.
 */
export class PacedQueue {
  private readonly queue: Waiting[] = [];
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly allowance: TopicAllowance,
    private readonly clock: Clock,
  ) {}

  get length(): number {
    return this.queue.length;
  }

  enter(bytes: number, run: (waitedMs: number) => void): void {
    const nowMs = this.clock.nowMs();
    if (this.queue.length === 0 && this.waitMs(bytes, nowMs) === 0) {
      this.take(bytes, nowMs);
      run(0);
      return;
    }
    this.queue.push({ bytes, sinceMs: nowMs, run });
    this.schedule();
  }

  /** Forgets what waits: the connection is gone. */
  clear(): void {
    this.queue.length = 0;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private readonly work = (): void => {
    this.timer = null;
    for (let next = this.queue[0]; next !== undefined; next = this.queue[0]) {
      const nowMs = this.clock.nowMs();
      if (this.waitMs(next.bytes, nowMs) > 0) break;
      this.take(next.bytes, nowMs);
      this.queue.shift();
      next.run(nowMs - next.sinceMs);
    }
    this.schedule();
  };

  private schedule(): void {
    const [next] = this.queue;
    if (next === undefined || this.timer !== null) return;
    this.timer = setTimeout(this.work, this.waitMs(next.bytes, this.clock.nowMs()));
  }

  private waitMs(bytes: number, nowMs: number): number {
    const { messages, bytes: size } = this.allowance;
    return Math.max(messages.waitMs(1, nowMs), size.waitMs(bytes, nowMs));
  }

  private take(bytes: number, nowMs: number): void {
    this.allowance.messages.take(1, nowMs);
    this.allowance.bytes.take(bytes, nowMs);
  }
}
