import { setTimeout as sleep } from 'node:timers/promises';
import { WearablePublisher, type PublisherState } from '@app/publisher';
import { Delivery, seededRandom, type DeliveryFaults } from '@app/ward';
import { recordedFrames, type Recording } from './recording-scan.js';
import { replayedBoot } from './replayed-boot.js';

export interface PlayOptions {
  brokerUrl: string;
  secretOf: (device: string) => string;
  /** Recorded seconds per second; Infinity: as fast as the station acknowledges. */
  speed: number;
  /** Name of this replay, part of the boot ids. */
  run: string;
  faults: DeliveryFaults;
  seed: number;
  /** After every recorded frame. */
  onFrame: () => void;
  /** Nothing is due for so long. */
  onPause: (waitMs: number) => void;
  onState: (device: string, state: PublisherState) => void;
  signal: AbortSignal;
}

/** A station that was killed is soon back in a test; a real one takes longer. */
const BACKOFF = { firstMs: 250, longestMs: 3000 };

/**
 * Publishes a recording as its devices would, every device over a connection of its own. Resolves when all of it has been
 * acknowledged. @returns the number of frames sent, duplicates included.
 */
export async function playRecording(recording: Recording, options: PlayOptions): Promise<number> {
  const players = new Map<string, Player>();
  for (const { device } of recording.boots) {
    if (players.has(device)) continue;
    const player = new Player(device, options);
    players.set(device, player);
    await player.start();
  }
  try {
    const start = performance.now();
    let firstMs: number | null = null;
    for await (const { frame, receivedMs } of recordedFrames(recording.path)) {
      firstMs ??= receivedMs;
      const waitMs = start + (receivedMs - firstMs) / options.speed - performance.now();
      if (waitMs > 1) {
        options.onPause(waitMs);
        await sleep(waitMs, undefined, { signal: options.signal });
      }
      options.signal.throwIfAborted();
      const bootId = replayedBoot(frame.bootId, options.run);
      await players.get(frame.device)?.take({ ...frame, bootId }, receivedMs / 1000);
      options.onFrame();
    }
    for (const player of players.values()) await player.finish();
  } finally {
    await Promise.all([...players.values()].map((player) => player.stop()));
  }
  return [...players.values()].reduce((sum, player) => sum + player.sent, 0);
}

class Player {
  sent = 0;
  private readonly publisher: WearablePublisher;
  private readonly delivery: Delivery;

  constructor(device: string, options: PlayOptions) {
    this.delivery = new Delivery(
      options.faults,
      seededRandom(options.seed, `delivery of ${device}`),
    );
    this.publisher = new WearablePublisher({
      url: options.brokerUrl,
      device,
      secret: options.secretOf(device),
      bootId: options.run,
      mode: 'recording',
      monotonicUs: () => 0,
      backoff: BACKOFF,
      software: 'vigil-replay',
      onState: (state) => options.onState(device, state),
    });
    options.signal.addEventListener('abort', () => void this.publisher.stop());
  }

  async start(): Promise<void> {
    await this.publisher.start();
  }

  async take(frame: Parameters<Delivery['take']>[0], atSeconds: number): Promise<void> {
    await this.publish(this.delivery.take(frame, atSeconds));
  }

  async finish(): Promise<void> {
    await this.publish(this.delivery.flush());
    await this.publisher.delivered();
  }

  async stop(): Promise<void> {
    await this.publisher.stop();
  }

  private async publish(frames: ReturnType<Delivery['flush']>): Promise<void> {
    for (const frame of frames) {
      this.sent++;
      await this.publisher.publish(frame);
    }
  }
}
