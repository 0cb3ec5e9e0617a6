import { type Frame, decodeFrame } from '@app/contracts';
import {
  type Outbox,
  type OutboxCounts,
  type OutboxFrame,
  type OutboxItem,
  MemoryOutbox,
  WearablePublisher,
} from '@app/publisher';
import { setTimeout as sleep } from 'node:timers/promises';

/** A device that publishes a recording through MQTT, and knows which of its frames the station has acknowledged. */
export class WornRecording {
  private readonly outbox = new WatchedOutbox();
  private readonly publisher: WearablePublisher;

  constructor(
    private readonly frames: readonly Frame[],
    to: { url: string; secret: string },
  ) {
    const { device, bootId } = frames[0]!;
    this.publisher = new WearablePublisher({
      ...to,
      device,
      bootId,
      mode: 'recording',
      monotonicUs: () => performance.now() * 1000,
      outbox: this.outbox,
      backoff: { firstMs: 100, longestMs: 500 },
    });
  }

  /** Publishes every frame, `everyMs` apart, and resolves when all are acknowledged, however often the station is away. */
  async publish(everyMs: number): Promise<void> {
    await this.publisher.start();
    for (const frame of this.frames) {
      await this.publisher.publish(frame);
      await sleep(everyMs);
    }
    await this.publisher.delivered();
  }

  async stop(): Promise<void> {
    await this.publisher.stop();
  }

  get acknowledged(): readonly number[] {
    return this.outbox.acknowledged;
  }

  get connections(): number {
    return this.publisher.counts().connections;
  }
}

/** Notes the sequence number of every frame that leaves because it was acknowledged. */
class WatchedOutbox implements Outbox {
  readonly acknowledged: number[] = [];
  private readonly inner = new MemoryOutbox();
  private readonly sequences = new Map<number, number>();

  open(): Promise<OutboxItem[]> {
    return this.inner.open();
  }

  async put(frame: OutboxFrame): Promise<number> {
    const id = await this.inner.put(frame);
    const decoded = decodeFrame(frame.bytes);
    if (decoded.ok) this.sequences.set(id, decoded.frame.sequence);
    return id;
  }

  get(id: number): Promise<Uint8Array | undefined> {
    return this.inner.get(id);
  }

  async delete(id: number): Promise<void> {
    const sequence = this.sequences.get(id);
    if (sequence !== undefined) this.acknowledged.push(sequence);
    await this.inner.delete(id);
  }

  counts(): OutboxCounts {
    return this.inner.counts();
  }
}
