import type { Outbox, OutboxCounts, OutboxFrame, OutboxItem, OutboxLimits } from './outbox.js';

/** Two hours of one-second frames, or 8 MB. */
export const MEMORY_OUTBOX_LIMITS: OutboxLimits = { frames: 7200, bytes: 8 * 1024 * 1024 };

/** An outbox that lives as long as the program. */
export class MemoryOutbox implements Outbox {
  // a Map iterates in the order of insertion: the first key is the oldest frame
  private readonly frames = new Map<number, Uint8Array>();
  private nextId = 0;
  private bytes = 0;
  private dropped = 0;

  constructor(private readonly limits: OutboxLimits = MEMORY_OUTBOX_LIMITS) {}

  open(): Promise<OutboxItem[]> {
    return Promise.resolve([]);
  }

  put(frame: OutboxFrame): Promise<number> {
    const id = this.nextId++;
    this.frames.set(id, frame.bytes);
    this.bytes += frame.bytes.length;
    this.makeRoom();
    return Promise.resolve(id);
  }

  get(id: number): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.frames.get(id));
  }

  delete(id: number): Promise<void> {
    this.remove(id);
    return Promise.resolve();
  }

  counts(): OutboxCounts {
    return {
      waitingFrames: this.frames.size,
      waitingBytes: this.bytes,
      droppedFrames: this.dropped,
    };
  }

  private makeRoom(): void {
    for (const oldest of this.frames.keys()) {
      if (this.frames.size <= this.limits.frames && this.bytes <= this.limits.bytes) return;
      this.remove(oldest);
      this.dropped++;
    }
  }

  private remove(id: number): void {
    const frame = this.frames.get(id);
    if (frame === undefined) return;
    this.bytes -= frame.length;
    this.frames.delete(id);
  }
}
