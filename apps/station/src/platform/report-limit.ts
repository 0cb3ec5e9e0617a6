/** Lets the first report of each reason through, then one per interval with the count of those since. */
export class ReportLimit<Reason extends string> {
  private readonly byReason = new Map<Reason, { atMs: number; count: number }>();

  constructor(private readonly intervalMs: number) {}

  /** @returns how many there were since the last report, this one included, when it is time for one; else null. */
  note(reason: Reason, nowMs: number): number | null {
    const last = this.byReason.get(reason);
    if (last !== undefined && nowMs - last.atMs < this.intervalMs) {
      last.count++;
      return null;
    }
    this.byReason.set(reason, { atMs: nowMs, count: 0 });
    return (last?.count ?? 0) + 1;
  }
}
