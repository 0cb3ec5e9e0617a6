export const CLOCK_RULES = {
  /** How often the system's clock is looked at, ms. */
  lookEveryMs: 1_000,
  /** Differences up to this are left alone: NTP moves a clock by less, ms. */
  toleratedMs: 50,
  /** A change of the system's clock by more than this between two looks is a step, ms. */
  stepMs: 1_000,
  /** Up to this much ahead the station's clock waits for the system's at half its speed, ms. Beyond, it goes on as it is. */
  waitableMs: 60_000,
} as const;

/** By how much the system's clock was moved, ms: positive is forward. */
export type StepListener = (stepMs: number) => void;

/**
 * The station's clock: the system's time, but it never goes back. When the system's clock is set forward it follows at once;
 * when it is set back a little, it runs at half speed until it agrees; when it is set back a lot, it goes on ahead of it,
 * and says so, until the station is started again. Records, ticks and delays can so rely on time that only grows.
 */
export class StationClock {
  /** How far it is ahead of the system's clock because that was set back, ms. */
  aheadMs = 0;
  /** Steps of the system's clock seen since the start. */
  steps = 0;
  private readonly listeners = new Set<StepListener>();
  /** Station's time at `sinceMs` of the monotonic clock, from where it runs at `rate`. */
  private atMs: number;
  private sinceMs: number;
  private rate = 1;
  private lookedMs: number;
  /** System's minus monotonic time at the last look, ms. */
  private offsetMs: number;

  /**
   * @param system ms since 1970, may be set by anybody
   * @param monotonic ms since any moment, only ever grows
   */
  constructor(
    private readonly system: () => number,
    private readonly monotonic: () => number,
  ) {
    this.sinceMs = monotonic();
    this.lookedMs = this.sinceMs;
    this.atMs = system();
    this.offsetMs = this.atMs - this.sinceMs;
  }

  nowMs(): number {
    const monotonicMs = this.monotonic();
    if (monotonicMs - this.lookedMs >= CLOCK_RULES.lookEveryMs) this.look(monotonicMs);
    return this.atMs + (monotonicMs - this.sinceMs) * this.rate;
  }

  onStep(listener: StepListener): void {
    this.listeners.add(listener);
  }

  private look(monotonicMs: number): void {
    const systemMs = this.system();
    const offsetMs = systemMs - monotonicMs;
    const stepMs = offsetMs - this.offsetMs;
    this.lookedMs = monotonicMs;
    this.offsetMs = offsetMs;
    const ownMs = this.atMs + (monotonicMs - this.sinceMs) * this.rate;
    this.follow(ownMs, ownMs - systemMs, systemMs);
    this.sinceMs = monotonicMs;
    if (Math.abs(stepMs) <= CLOCK_RULES.stepMs) return;
    this.steps++;
    for (const listen of this.listeners) listen(stepMs);
  }

  private follow(ownMs: number, aheadMs: number, systemMs: number): void {
    const { toleratedMs, waitableMs } = CLOCK_RULES;
    const isBehind = aheadMs < -toleratedMs;
    this.atMs = isBehind ? systemMs : ownMs;
    this.rate = aheadMs > toleratedMs && aheadMs <= waitableMs ? 0.5 : 1;
    this.aheadMs = Math.max(0, aheadMs > toleratedMs ? aheadMs : 0);
  }
}
