/**
 * The last tick that every partition's worker has worked through, as the journal tells it: further back than before when
 * a worker repeats itself after a restart, or when the station's clock was set back.
 */
export class ProgressBoard {
  private readonly ticks = new Map<number, number>();

  constructor(private readonly partitions: number) {}

  report(partition: number, tickMs: number): void {
    if (partition < 0 || partition >= this.partitions) return;
    this.ticks.set(partition, tickMs);
  }

  /** The oldest of the partitions' ticks, ms since 1970; null until all have reported. */
  oldestMs(): number | null {
    return this.ticks.size < this.partitions ? null : Math.min(...this.ticks.values());
  }
}
