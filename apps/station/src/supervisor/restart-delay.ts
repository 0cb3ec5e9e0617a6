/** A process that ran this long was healthy: its next failure counts as the first, ms. */
const HEALTHY_AFTER_MS = 60_000;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 30_000;

/** How long to wait before a failed process starts again: doubles from 250 ms to 30 s. */
export class RestartDelay {
  private waitMs = FIRST_DELAY_MS;

  next(ranMs: number): number {
    if (ranMs >= HEALTHY_AFTER_MS) this.waitMs = FIRST_DELAY_MS;
    const waitMs = this.waitMs;
    this.waitMs = Math.min(this.waitMs * 2, LONGEST_DELAY_MS);
    return waitMs;
  }
}
