import type { Waveform } from '@app/contracts';

/** Waveform messages that wait for one client and patient: bounded, the oldest is dropped, and the next one sent says how many. */
export class WaveformQueue {
  private readonly waiting: Omit<Waveform, 'dropped'>[] = [];
  private dropped = 0;

  constructor(private readonly capacity: number) {}

  /** @returns how many messages were dropped for this one. */
  push(message: Omit<Waveform, 'dropped'>): number {
    this.waiting.push(message);
    if (this.waiting.length <= this.capacity) return 0;
    this.waiting.shift();
    this.dropped++;
    return 1;
  }

  /** The oldest that waits; `dropped` counts what was skipped since the last one that was sent. */
  shift(): Waveform | null {
    const message = this.waiting.shift();
    if (message === undefined) return null;
    const { dropped } = this;
    this.dropped = 0;
    return { ...message, dropped };
  }

  get length(): number {
    return this.waiting.length;
  }
}
