/** Reads the scenario's seconds from the clock of this process. */
export class ShiftClock {
  /** When each wearable's second 0 was, ms of `performance.now()`. */
  private readonly origins = new Map<string, number>();

  /** @param headStartSeconds lived before the start, at once. */
  constructor(private readonly headStartSeconds: number) {}

  /** A wearable has lived so many seconds; at one that was late the time is taken from those that were not. */
  lived(device: string, seconds: number, nowMs: number): void {
    if (seconds <= this.headStartSeconds) return;
    const originMs = nowMs - seconds * 1000;
    const known = this.origins.get(device) ?? Number.POSITIVE_INFINITY;
    this.origins.set(device, Math.min(known, originMs));
  }

  secondsOf(device: string, atMs: number): number {
    return (atMs - (this.origins.get(device) ?? Number.NaN)) / 1000;
  }

  /** Of the ward: as far as the wearable that is furthest behind. */
  secondsOfWard(atMs: number): number {
    return (atMs - Math.max(...this.origins.values())) / 1000;
  }
}
