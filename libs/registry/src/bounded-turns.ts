/** So much is waiting already that this was not begun: to be tried again in a moment. */
export class TooManyWaitingError extends Error {
  override name = 'TooManyWaitingError';
}

/** Runs at most `atOnce` tasks at a time and lets at most `waiting` more wait; one beyond that is refused. */
export class BoundedTurns {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly waiting: number,
  ) {}

  /** @throws TooManyWaitingError */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.running >= this.atOnce) {
      if (this.queue.length >= this.waiting)
        throw new TooManyWaitingError('too many tasks are waiting');
      await new Promise<void>((turn) => this.queue.push(turn));
    } else {
      this.running++;
    }
    try {
      return await task();
    } finally {
      const next = this.queue.shift();
      if (next === undefined) this.running--;
      else next();
    }
  }
}
