export interface BackoffOptions {
  /** The first wait, ms. */
  firstMs: number;
  /** The longest wait, ms. */
  longestMs: number;
}

export const RECONNECT_BACKOFF: BackoffOptions = { firstMs: 500, longestMs: 30_000 };

/**
 * Waits that double from one attempt to the next, each drawn between half and all of it: a ward whose access point comes
 * back must not connect in the same instant.
 */
export class Backoff {
  private attempts = 0;

  constructor(
    private readonly options: BackoffOptions,
    private readonly random: () => number,
  ) {}

  /** The next wait, ms. */
  next(): number {
    const ceiling = Math.min(
      this.options.longestMs,
      this.options.firstMs * 2 ** Math.min(this.attempts, 30),
    );
    this.attempts++;
    return ceiling * (0.5 + 0.5 * this.random());
  }

  reset(): void {
    this.attempts = 0;
  }
}
