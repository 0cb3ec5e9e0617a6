import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** What a try costs: `waitMs` is 0 when it may be made. */
export interface Taken {
  waitMs: number;
  /** Tries within the present window, this one included. */
  tries: number;
}

/** Counts tries by key within windows that begin with a key's first try. Remembers a bounded number of keys. */
export class BoundedLimiter {
  private readonly limiter: RateLimiterMemory;
  /** In the order of their last use. */
  private readonly keys = new Set<string>();

  constructor(
    private readonly points: number,
    windowSeconds: number,
    private readonly maxKeys: number,
  ) {
    this.limiter = new RateLimiterMemory({ points, duration: windowSeconds });
  }

  async take(key: string): Promise<Taken> {
    this.keys.delete(key);
    this.keys.add(key);
    const [oldest] = this.keys;
    if (this.keys.size > this.maxKeys && oldest !== undefined) await this.forget(oldest);
    try {
      const { consumedPoints } = await this.limiter.consume(key);
      return { waitMs: 0, tries: consumedPoints };
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return { waitMs: Math.max(1, refusal.msBeforeNext), tries: refusal.consumedPoints };
    }
  }

  /** A try that was none after all. */
  async giveBack(key: string): Promise<void> {
    const counted = await this.limiter.get(key);
    if (counted !== null && counted.consumedPoints > 0) await this.limiter.reward(key);
  }

  async forget(key: string): Promise<void> {
    this.keys.delete(key);
    await this.limiter.delete(key);
  }

  /** Whether the last try that was allowed is used up with this one. */
  isLast({ tries }: Taken): boolean {
    return tries === this.points;
  }
}
