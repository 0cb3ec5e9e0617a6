import type { OutboxItem } from './outbox.js';

/** A live frame is at most this old when it is sent; what is older goes to the backfill topic. */
export const LIVE_AGE_US = 10_000_000;

/** `wearable`: the newest seconds first, old ones later as backfill. `recording`: everything in order, as live. */
export type PublishMode = 'wearable' | 'recording';

export interface SendItem extends OutboxItem {
  lane: 'live' | 'backfill';
}

/** Which waiting frame goes next, and to which topic. Holds no bytes; as bounded as the outbox behind it. */
export class SendOrder {
  private live: OutboxItem[] = [];
  private backfill: OutboxItem[] = [];
  private liveHead = 0;
  private backfillHead = 0;

  constructor(
    private readonly mode: PublishMode,
    private readonly bootId: string,
  ) {}

  get size(): number {
    return this.live.length - this.liveHead + this.backfill.length - this.backfillHead;
  }

  add(item: OutboxItem): void {
    this.live.push(item);
  }

  /** Puts back frames that were sent and not acknowledged; all that waits is judged again by its age. */
  restore(items: readonly OutboxItem[]): void {
    const waiting = [
      ...this.backfill.slice(this.backfillHead),
      ...this.live.slice(this.liveHead),
      ...items,
    ].toSorted((a, b) => a.id - b.id);
    this.live = waiting;
    this.backfill = [];
    this.liveHead = this.backfillHead = 0;
  }

  /** Takes the next frame to send at this time of the device's monotonic clock, or null when none waits. */
  take(nowMonotonicUs: number): SendItem | null {
    this.compact();
    if (this.mode === 'wearable') this.setOldOnesAside(nowMonotonicUs);
    const live = this.live[this.liveHead];
    if (live !== undefined) {
      this.liveHead++;
      return { ...live, lane: 'live' };
    }
    const old = this.backfill[this.backfillHead];
    if (old === undefined) return null;
    this.backfillHead++;
    return { ...old, lane: 'backfill' };
  }

  private setOldOnesAside(nowMonotonicUs: number): void {
    for (;;) {
      const head = this.live[this.liveHead];
      if (head === undefined) return;
      const old = head.bootId !== this.bootId || nowMonotonicUs - head.endMonotonicUs > LIVE_AGE_US;
      if (!old) return;
      this.backfill.push(head);
      this.liveHead++;
    }
  }

  private compact(): void {
    if (this.liveHead > 1024) {
      this.live.splice(0, this.liveHead);
      this.liveHead = 0;
    }
    if (this.backfillHead > 1024) {
      this.backfill.splice(0, this.backfillHead);
      this.backfillHead = 0;
    }
  }
}
