import type { WearerPlacement } from '@app/stream';

/** What is known is saved at once when it is news, and this often while nothing is, ms. */
const SAVE_AT_LEAST_MS = 45_000;
/** Bounds that moved by more than this are news, ms. */
const NEWS_MS = 500;

/** What is known of one device's clock, and what of it is worth saving. */
export class KnownClock {
  private change: 'none' | 'little' | 'news' = 'none';
  private boot: string | null = null;
  private lowerMs = 0;
  private upperMs = 0;

  constructor(
    readonly placement: WearerPlacement,
    private savedMs: number,
  ) {
    this.remember();
  }

  get hasChanged(): boolean {
    return this.change !== 'none';
  }

  isDue(nowMs: number): boolean {
    if (this.change === 'news') return true;
    return this.change === 'little' && nowMs - this.savedMs >= SAVE_AT_LEAST_MS;
  }

  /** To be called when something was observed. */
  observed(): void {
    const boot = this.placement.newest;
    const bounds = boot?.newest ?? null;
    if (this.change === 'news' || boot === null || bounds === null) return;
    const isNews =
      boot.bootId !== this.boot ||
      Math.abs(bounds.lowerMs - this.lowerMs) > NEWS_MS ||
      Math.abs(bounds.upperMs - this.upperMs) > NEWS_MS;
    this.change = isNews ? 'news' : 'little';
  }

  hasNews(): void {
    this.change = 'news';
  }

  saved(nowMs: number): void {
    this.savedMs = nowMs;
    this.change = 'none';
    this.remember();
  }

  private remember(): void {
    const { newest } = this.placement;
    this.boot = newest?.bootId ?? null;
    this.lowerMs = newest?.newest?.lowerMs ?? 0;
    this.upperMs = newest?.newest?.upperMs ?? 0;
  }
}
