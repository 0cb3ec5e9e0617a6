/** Structured-cloneable state of a `ClockOffset`. */
export interface ClockOffsetSnapshot {
  /** Per bucket of station time, oldest first: when its smallest delay was seen, and that offset, both in ms. */
  atMs: number[];
  offsetMs: number[];
}

/** Station time that is looked back on, and its division: the smallest offset of each bucket is kept. */
const BUCKET_MS = 60_000;
const BUCKETS = 10;
/** How fast two clocks may drift apart: 100 parts per million; a wearable's crystal is within 50. */
const DRIFT = 100e-6;

/**
 * Offset from a device's monotonic clock to the station's clock. Transport only ever delays, so the smallest difference
 * between arrival and sending is nearest to the truth; an older one is trusted less by what the clocks may have
 * drifted since. Fed only with frames that came as they were made: an arrival from a backlog says nothing of now.
 * A function of the recorded arrival times, so a replay of the journal gives the same offsets.
 */
export class ClockOffset {
  private readonly atMs: number[];
  private readonly offsetMs: number[];

  constructor(snapshot: ClockOffsetSnapshot = { atMs: [], offsetMs: [] }) {
    this.atMs = snapshot.atMs.slice();
    this.offsetMs = snapshot.offsetMs.slice();
  }

  save(): ClockOffsetSnapshot {
    return { atMs: this.atMs.slice(), offsetMs: this.offsetMs.slice() };
  }

  /**
   * @param receivedMs station's clock at the arrival, ms
   * @param sentMs device's monotonic clock at the sending, or at the last sample when that is unknown, ms
   */
  observe(receivedMs: number, sentMs: number): void {
    const offset = receivedMs - sentMs;
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
