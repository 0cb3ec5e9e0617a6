/** For how long ways are remembered, ms. */
const REMEMBERED_MS = 3_600_000;
/** Bound for many dashboards: one an hour of 64 of them, and some. */
const REMEMBERED = 4_096;

/** How long the ways of the last hour were. */
export class CanaryRecord {
  private ways: { atMs: number; latencyMs: number }[] = [];

  note(atMs: number, latencyMs: number): void {
    this.ways.push({ atMs, latencyMs: Math.max(0, latencyMs) });
    if (this.ways.length > REMEMBERED) this.ways.shift();
  }

  /** The 99th percentile (nearest rank), ms; null when there was none. */
  p99Ms(nowMs: number): number | null {
    this.ways = this.ways.filter(({ atMs }) => nowMs - atMs < REMEMBERED_MS);
    const sorted = this.ways.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b);
    return sorted[Math.ceil(0.99 * sorted.length) - 1] ?? null;
  }
}
