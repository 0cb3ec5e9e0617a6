import type { SegmentReader } from './segment-reader.js';
import type { StreamReader } from './stream-reader.js';

/** How often another process's appends are looked for, ms. One look costs microseconds. */
const POLL_MS = 10;

/** Version of no segment. */
const NONE = -1;

/**
 * Tells consumers that a stream may have grown: at once for appends of this process, by polling for those of others. One
 * poll serves all consumers of the process, and only while one of them waits.
 */
export class StreamTail {
  readonly #reader: StreamReader;
  #segment: SegmentReader | null = null;
  #version = NONE;
  /** Nothing more comes in the segment that is looked at. */
  #isAtEnd = true;
  #ticket = 0;
  #waiting = new Set<() => void>();
  #timer: NodeJS.Timeout | null = null;

  constructor(reader: StreamReader) {
    this.#reader = reader;
  }

  /** To be taken before reading, so that what comes between the read and the wait is not missed. */
  ticket(): number {
    if (this.#segment === null) this.#look();
    return this.#ticket;
  }

  /** Resolves when the stream may have grown since the ticket was taken, or when the signal ends the wait. */
  changed(ticket: number, signal: AbortSignal): Promise<void> {
    if (ticket !== this.#ticket || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        if (this.#waiting.size === 0) this.#stop();
        resolve();
      };
      this.#waiting.add(done);
      signal.addEventListener('abort', done);
      this.#timer ??= setInterval(() => this.#poll(), POLL_MS);
    });
  }

  /** This process has appended. */
  wake(): void {
    this.#hasChanged();
    this.#notify();
  }

  close(): void {
    this.#notify();
    this.#stop();
    this.#segment?.close();
    this.#segment = null;
  }

  #poll(): void {
    if (this.#hasChanged()) this.#notify();
  }

  #hasChanged(): boolean {
    try {
      return this.#look();
    } catch {
      // A damaged file: the consumers that wake up will read it and throw the error where it is handled.
      return true;
    }
  }

  #notify(): void {
    this.#ticket++;
    for (const done of this.#waiting) done();
  }

  #stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Brings the known version up to date; true when it has changed. */
  #look(): boolean {
    const version = this.#segment?.dataVersion() ?? NONE;
    const hasChanged = version !== this.#version;
    this.#version = version;
    // Sealing is a change too, so that one query a poll is enough. After it, the next segment may take a while to come.
    if (hasChanged) this.#isAtEnd = this.#segment?.isSealed() ?? true;
    return (this.#isAtEnd && this.#moveOn()) || hasChanged;
  }

  /** Goes to the newest segment; false when there is no newer one. */
  #moveOn(): boolean {
    const number = this.#reader.segments().at(-1);
    if (number === undefined || number === this.#segment?.number) return false;
    const newest = this.#reader.fresh(number);
    if (newest === null) return false;
    this.#segment?.close();
    this.#segment = newest;
    this.#version = newest.dataVersion();
    this.#isAtEnd = newest.isSealed();
    return true;
  }
}
