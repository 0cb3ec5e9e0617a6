/** The last tick that every partition's worker has worked through. Only ever moves forward. */
export class ProgressBoard {
  private readonly ticks = new Map<number, number>();

  constructor(private readonly partitions: number) {}

  report(partition: number, tickMs: number): void {
    if (partition < 0 || partition >= this.partitions) return;
    this.ticks.set(partition, Math.max(tickMs, this.ticks.get(partition) ?? tickMs));
  }

  /** The oldest of the partitions' ticks, ms since 1970; null until all have reported. */
  oldestMs(): number | null {
    return this.ticks.size < this.partitions ? null : Math.min(...this.ticks.values());
  }
}
