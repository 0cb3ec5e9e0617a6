/** Token bucket of one client: a burst, refilled evenly. Time comes in as an argument. */
export class EventAllowance {
  private tokens: number;
  private lastMs: number | null = null;

  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
  ) {
    this.tokens = burst;
  }

  /** @returns whether the event may be handled. */
  take(nowMs: number): boolean {
    const seconds = Math.max(0, nowMs - (this.lastMs ?? nowMs)) / 1000;
    this.lastMs = nowMs;
    this.tokens = Math.min(this.burst, this.tokens + seconds * this.perSecond);
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
