/** Where an event stands in the journal. */
export interface Place {
  partition: number;
  offset: number;
}

/**
 * Events on their way at once, at most so many: one that is not taken holds up neither those of other alarms nor the reading,
 * and what became of an alarm is told after it. A place in the journal is passed when all before it are done.
 */
export class Deliveries<T> {
  private readonly underway = new Map<Promise<void>, Place>();
  /** The last one of each alarm. */
  private readonly lastOf = new Map<string, Promise<void>>();
  private isStopped = false;

  constructor(
    private readonly atOnce: number,
    /** Resolves to whether the event is done with; if not, that is the end of all. Does not reject. */
    private readonly deliver: (event: T) => Promise<boolean>,
  ) {}

  /** Resolves when the event is on its way, at once or when one of those before it is done; or at the end of all. */
  async add(event: T, alarmId: string, place: Place): Promise<void> {
    while (this.underway.size >= this.atOnce && !this.isStopped)
      await Promise.race(this.underway.keys());
    const before = this.lastOf.get(alarmId) ?? Promise.resolve();
    const tell = async () => {
      await before;
      if (!this.isStopped && (await this.deliver(event))) this.underway.delete(one);
      else this.isStopped = true;
      if (this.lastOf.get(alarmId) === one) this.lastOf.delete(alarmId);
    };
    const one = tell();
    this.underway.set(one, place);
    this.lastOf.set(alarmId, one);
  }

  /** The place up to which all of a partition are done, at most `next`. */
  passed(partition: number, next: number): number {
    return Math.min(
      next,
      ...[...this.underway.values()]
        .filter((at) => at.partition === partition)
        .map(({ offset }) => offset),
    );
  }

  /** Resolves when every delivery has come to its end, done or not. */
  async ended(): Promise<void> {
    await Promise.all(this.underway.keys());
  }
}
