/**
 * Allows a rate with a burst: holds up to `burst` tokens and gains `perSecond` of them. Time is an argument, ms on any
 * clock that never falls.
 */
export class TokenBucket {
  private tokens: number;
  private atMs: number;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    nowMs: number,
  ) {
    this.tokens = burst;
    this.atMs = nowMs;
  }

  /** How long until `count` tokens (at most the burst) are there, ms; 0 when they are. */
  waitMs(count: number, nowMs: number): number {
    this.refill(nowMs);
    const missing = Math.min(count, this.burst) - this.tokens;
    return missing <= 0 ? 0 : Math.ceil((missing / this.perSecond) * 1000);
  }

  /** Takes tokens that `waitMs` said are there. */
  take(count: number, nowMs: number): void {
    this.refill(nowMs);
    this.tokens -= Math.min(count, this.burst);
  }

  private refill(nowMs: number): void {
    const elapsedMs = Math.max(0, nowMs - this.atMs);
    this.tokens = Math.min(this.burst, this.tokens + (elapsedMs / 1000) * this.perSecond);
    this.atMs = Math.max(this.atMs, nowMs);
  }
}
