/** Structured-cloneable state of a `ClockOffset`. */
export interface ClockOffsetSnapshot {
  /** Per bucket of station time, oldest first: when its smallest delay was seen, and that offset, both in ms. */
  atMs: number[];
  offsetMs: number[];
  /** Absent in what an earlier version saved. */
  late?: LateFrames | null;
}

/** Frames that have all come later than the estimate allows: since when, the last, and the least offset of each half. */
interface LateFrames {
  sinceMs: number;
  lastMs: number;
  firstHalfMs: number;
  secondHalfMs: number | null;
}

/** Station time that is looked back on, and its division: the smallest offset of each bucket is kept. */
const BUCKET_MS = 60_000;
const BUCKETS = 10;
/** How fast two clocks may drift apart: 100 parts per million; a wearable's crystal is within 50. */
const DRIFT = 100e-6;
/** Later than this by the estimate a frame is late, ms. */
const LATE_MS = 10_000;
/** When all frames are late for this long, and evenly so, one of the clocks was moved, ms … */
const MOVED_AFTER_MS = 8_000;
/** … evenly: the least offsets of both halves of that time differ by no more than this, ms: a jam that is drained differs more. */
const EVEN_MS = 250;
/** A longer pause between two late frames begins anew, ms. */
const PAUSE_MS = 4_000;

/**
 * Offset from a device's monotonic clock to the station's clock. Transport only ever delays, so the smallest difference
 * between arrival and sending is nearest to the truth; an older one is trusted less by what the clocks may have
 * drifted since. When the station's clock is set forward, or a device's stands still while it sleeps, that would be wrong for
 * as long as it is looked back: frames that are all late by the same time begin anew. What was believed in error is taken back
 * by the first frame that comes sooner. Fed only with frames that came as they were made: an arrival from a backlog says
 * nothing of now.
 * A function of the recorded arrival times, so a replay of the journal gives the same offsets.
 */
export class ClockOffset {
  private atMs: number[];
  private offsetMs: number[];
  private late: LateFrames | null;

  constructor(snapshot: ClockOffsetSnapshot = { atMs: [], offsetMs: [] }) {
    this.atMs = snapshot.atMs.slice();
    this.offsetMs = snapshot.offsetMs.slice();
    this.late = snapshot.late ? { ...snapshot.late } : null;
  }

  save(): ClockOffsetSnapshot {
    const { atMs, offsetMs, late } = this;
    return { atMs: atMs.slice(), offsetMs: offsetMs.slice(), late: late && { ...late } };
  }

  /**
   * @param receivedMs station's clock at the arrival, ms
   * @param sentMs device's monotonic clock at the sending, or at the last sample when that is unknown, ms
   */
  observe(receivedMs: number, sentMs: number): void {
    const offset = receivedMs - sentMs;
    const movedMs = this.moved(receivedMs, offset);
    if (movedMs !== null) {
      this.atMs = [receivedMs];
      this.offsetMs = [movedMs];
      return;
    }
    const last = this.atMs.length - 1;
    const bucket = Math.floor(receivedMs / BUCKET_MS);
    if (last >= 0 && Math.floor(this.atMs[last]! / BUCKET_MS) >= bucket) {
      if (offset <= this.offsetMs[last]!) {
        this.atMs[last] = receivedMs;
        this.offsetMs[last] = offset;
      }
      return;
    }
    this.atMs.push(receivedMs);
    this.offsetMs.push(offset);
    while (Math.floor(this.atMs[0]! / BUCKET_MS) <= bucket - BUCKETS) {
      this.atMs.shift();
      this.offsetMs.shift();
    }
  }

  /** The offset from now on when one of the clocks was moved, else null. */
  private moved(receivedMs: number, offset: number): number | null {
    const { estimateMs, late } = this;
    if (estimateMs === null || offset - estimateMs <= LATE_MS) {
      this.late = null;
      return null;
    }
    if (late === null || receivedMs - late.lastMs > PAUSE_MS) {
      this.late = {
        sinceMs: receivedMs,
        lastMs: receivedMs,
        firstHalfMs: offset,
        secondHalfMs: null,
      };
      return null;
    }
    late.lastMs = receivedMs;
    const lastedMs = receivedMs - late.sinceMs;
    if (lastedMs < MOVED_AFTER_MS / 2) late.firstHalfMs = Math.min(late.firstHalfMs, offset);
    else late.secondHalfMs = Math.min(late.secondHalfMs ?? offset, offset);
    if (lastedMs < MOVED_AFTER_MS) return null;
    const { firstHalfMs, secondHalfMs } = late;
    this.late = null;
    const isEven = Math.abs(firstHalfMs - (secondHalfMs ?? Infinity)) <= EVEN_MS;
    return isEven ? Math.min(firstHalfMs, secondHalfMs ?? firstHalfMs) : null;
  }

  /** Add this to a monotonic time in ms to get the station's time; null before the first observation. */
  get estimateMs(): number | null {
    const newest = this.atMs.at(-1);
    if (newest === undefined) return null;
    let least = Infinity;
    for (let i = 0; i < this.atMs.length; i++) {
      const drifted = (newest - this.atMs[i]!) * DRIFT;
      least = Math.min(least, this.offsetMs[i]! + drifted);
    }
    return least;
  }
}
