import { ORDER_RULES } from './order-rules.js';
import type { Gap, Placed, TimedItem } from './timed-item.js';

/** Structured-cloneable state of a `Reorderer` (when its items are). */
export interface ReordererSnapshot<T> {
  expectedUs: number | null;
  newestSequence: number;
  newestArrivalMs: number;
  waitingSinceMs: number | null;
  waiting: TimedItem<T>[];
}

const NOTHING: readonly never[] = [];

/**
 * Puts the items of one device, boot and lane in the order of their time. An item that begins where the last one ended
 * passes at once. One after a gap waits for what is missing, by device time or by ticks; so do the first items of all,
 * because earlier ones may still come. Every decision is a function of the calls, and any order of arrival in which
 * nothing is overtaken by more than the wait gives the same output.
 */
export class Reorderer<T> {
  /** Where the last item handed on ended: the watermark. Null before the first. */
  private expectedUs: number | null = null;
  private newestSequence = -1;
  private newestArrivalMs = 0;
  /** The tick at which waiting was first noticed. */
  private waitingSinceMs: number | null = null;
  /** By start. */
  private waiting: TimedItem<T>[] = [];

  /**
   * @param leaps whether an item far ahead of the station's time is believed without others that agree
   * @param onFull called when a gap is closed early because too much waits
   */
  constructor(
    private readonly leaps: 'confirmed' | 'believed',
    snapshot?: ReordererSnapshot<T>,
    private readonly onFull?: () => void,
  ) {
    if (snapshot === undefined) return;
    this.expectedUs = snapshot.expectedUs;
    this.newestSequence = snapshot.newestSequence;
    this.newestArrivalMs = snapshot.newestArrivalMs;
    this.waitingSinceMs = snapshot.waitingSinceMs;
    this.waiting = snapshot.waiting.slice();
  }

  save(): ReordererSnapshot<T> {
    return {
      expectedUs: this.expectedUs,
      newestSequence: this.newestSequence,
      newestArrivalMs: this.newestArrivalMs,
      waitingSinceMs: this.waitingSinceMs,
      waiting: this.waiting.slice(),
    };
  }

  /** Whether anything waits, so that ticks matter. */
  get isWaiting(): boolean {
    return this.waiting.length > 0;
  }

  /** Device time up to which everything has been handed on, µs since boot; null before the first item. */
  get watermarkUs(): number | null {
    return this.expectedUs;
  }

  /** Takes one item; returns what can go on now, in order, and what cannot. */
  push(item: TimedItem<T>): readonly Placed<T>[] {
    if (this.waiting.length === 0 && this.touches(item)) return [this.handOn(item, null)];
    let at = this.waiting.length;
    while (at > 0 && this.waiting[at - 1]!.startUs > item.startUs) at--;
    this.waiting.splice(at, 0, item);
    const placed = this.drain();
    if (this.waiting.length <= ORDER_RULES.capacity) return placed;
    this.onFull?.();
    return [...placed, ...this.closeFirst(), ...this.drain()];
  }

  /**
   * One tick of the station.
   * @param away whether the station was away before it: then waiting begins again
   */
  tick(atMs: number, away: boolean): readonly Placed<T>[] {
    if (this.waiting.length === 0) return NOTHING;
    if (this.waitingSinceMs === null || away) this.waitingSinceMs = atMs;
    if (atMs - this.waitingSinceMs < ORDER_RULES.waitTicksMs) return NOTHING;
    this.waitingSinceMs = atMs;
    return [...this.closeFirst(), ...this.drain()];
  }

  private drain(): Placed<T>[] {
    const placed: Placed<T>[] = [];
    for (let head = this.waiting[0]; head !== undefined; head = this.waiting[0]) {
      if (this.isBehind(head)) {
        this.waiting.shift();
        placed.push({
          kind: head.sequence > this.newestSequence ? 'backwards' : 'late',
          item: head,
        });
      } else if (this.touches(head) || this.hasWaited(head)) {
        this.waiting.shift();
        placed.push(this.handOn(head, this.gapBefore(head)));
      } else break;
    }
    return placed;
  }

  /** The first waiting item waits no longer. */
  private closeFirst(): Placed<T>[] {
    const head = this.waiting.shift();
    if (head === undefined) return [];
    if (this.isLeap(head)) return [{ kind: 'implausible', item: head }];
    return [this.handOn(head, this.gapBefore(head))];
  }

  private handOn(item: TimedItem<T>, gap: Gap | null): Placed<T> {
    this.expectedUs = Math.max(this.expectedUs ?? item.endUs, item.endUs);
    this.newestSequence = Math.max(this.newestSequence, item.sequence);
    this.newestArrivalMs = Math.max(this.newestArrivalMs, item.arrivedMs);
    this.waitingSinceMs = null;
    return { kind: 'ordered', item, gap };
  }

  private isBehind(item: TimedItem<T>): boolean {
    return this.expectedUs !== null && item.startUs < this.expectedUs - item.toleranceUs;
  }

  private touches(item: TimedItem<T>): boolean {
    return this.expectedUs !== null && Math.abs(item.startUs - this.expectedUs) <= item.toleranceUs;
  }

  private gapBefore(item: TimedItem<T>): Gap | null {
    if (this.expectedUs === null || this.touches(item)) return null;
    const lengthUs = item.startUs - this.expectedUs;
    return { lengthUs, long: lengthUs > ORDER_RULES.longGapUs };
  }

  /** Whether enough device time has come after the head; what lies a leap further ahead is no witness. */
  private hasWaited(head: TimedItem<T>): boolean {
    let endUs = head.endUs;
    for (const { startUs, endUs: laterUs } of this.waiting) {
      if (startUs - endUs > ORDER_RULES.leapUs) break;
      endUs = Math.max(endUs, laterUs);
    }
    return endUs - head.startUs >= ORDER_RULES.waitUs;
  }

  private isLeap(item: TimedItem<T>): boolean {
    if (this.leaps === 'believed' || this.expectedUs === null) return false;
    const passedUs = Math.max(0, item.arrivedMs - this.newestArrivalMs) * 1000;
    return item.startUs - this.expectedUs - passedUs > ORDER_RULES.leapUs;
  }
}
