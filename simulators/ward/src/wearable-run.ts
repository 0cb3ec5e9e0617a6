import {
  WearablePublisher,
  type DownlinkListeners,
  type PublisherCounts,
  type PublisherState,
} from '@app/publisher';
import { Delivery, type DeliveryFaults } from './delivery.js';
import { seededRandom } from './random.js';
import type { WearableScenario } from './scenario.js';
import type { TruthWindow } from './truth.js';
import { Wearable, type Reach } from './wearable.js';

export interface WearableRunOptions {
  scenario: WearableScenario;
  url: string;
  secret: string;
  seed: number;
  bootPrefix: string;
  /** Simulated seconds per second; Infinity: as fast as the station takes them. */
  speed: number;
  /** Seconds that the wearable has recorded before it first connects, sent at once. */
  headStartSeconds: number;
  /** Ends after so many seconds, head start included. */
  durationSeconds: number;
  delivery: DeliveryFaults;
  listeners: DownlinkListeners;
  onTruth: ((truth: TruthWindow) => void) | undefined;
  onState: ((state: PublisherState) => void) | undefined;
  onSecond: ((seconds: number) => void) | undefined;
}

/** A second's frames are late by at most this before the wearable skips the wait and catches up. */
const NOW_MS = 1;

/** One wearable in time: asks the simulation for its seconds when they are due, and hands them to the publisher. */
export class WearableRun {
  seconds = 0;
  frames = 0;
  private readonly wearable: Wearable;
  private readonly delivery: Delivery;
  /** Spreads the wearables over the second. */
  private readonly offsetSeconds: number;
  private publisher: WearablePublisher | null = null;
  private readonly earlier: PublisherCounts[] = [];
  private startMs = 0;
  private bootSecond = 0;
  private reach: Reach = 'online';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wake: (() => void) | undefined;
  private stopped = false;

  constructor(private readonly options: WearableRunOptions) {
    const { scenario, seed } = options;
    const random = seededRandom(seed, `delivery of ${scenario.device}`);
    this.offsetSeconds = random.uniform();
    this.delivery = new Delivery(options.delivery, random);
    this.wearable = new Wearable(scenario, {
      seed,
      bootPrefix: options.bootPrefix,
      startMs: Date.now() - (options.headStartSeconds + this.offsetSeconds) * 1000,
    });
  }

  /** Resolves when the time is over or `stop` was called; what was published may still be on its way. */
  async run(): Promise<void> {
    this.startMs = performance.now();
    while (!this.stopped && this.seconds < this.options.durationSeconds) {
      await this.dueAt(this.seconds + 1);
      if (this.stopped) break;
      await this.second();
    }
    for (const frame of this.delivery.flush()) await this.publisher?.publish(frame);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.wake?.();
  }

  /** Waits for acknowledgements and says goodbye. */
  async close(drainMs: number): Promise<void> {
    await this.publisher?.stop(drainMs);
  }

  reconnect(): void {
    this.publisher?.reconnect();
  }

  /** Of all boots together. */
  counts(): PublisherCounts & { dropped: number; duplicated: number } {
    const all = [...this.earlier, ...(this.publisher ? [this.publisher.counts()] : [])];
    const total = (of: (one: PublisherCounts) => number) =>
      all.reduce((sum, one) => sum + of(one), 0);
    return {
      connections: total((one) => one.connections),
      inFlight: this.publisher?.counts().inFlight ?? 0,
      sentLive: total((one) => one.sentLive),
      sentBackfill: total((one) => one.sentBackfill),
      acknowledged: total((one) => one.acknowledged),
      badDownlinks: total((one) => one.badDownlinks),
      waitingFrames: this.publisher?.counts().waitingFrames ?? 0,
      waitingBytes: this.publisher?.counts().waitingBytes ?? 0,
      droppedFrames: total((one) => one.droppedFrames),
      dropped: this.delivery.dropped,
      duplicated: this.delivery.duplicated,
    };
  }

  private async second(): Promise<void> {
    const { options } = this;
    const second = this.wearable.next();
    this.seconds++;
    if (second.alive) {
      const publisher = this.publisher ?? (await this.boot(second.bootId));
      this.bootSecond++;
      this.move(second.reach, publisher);
      if (second.truth) options.onTruth?.(second.truth);
      const frames =
        second.reach === 'silent' ? [] : this.delivery.take(second.frame, this.seconds);
      for (const frame of frames) {
        this.frames++;
        await publisher.publish(frame);
      }
    } else if (this.publisher) {
      this.publisher.kill();
      this.earlier.push(this.publisher.counts());
      this.publisher = null;
      this.reach = 'online';
      this.delivery.flush();
    }
    options.onSecond?.(this.seconds);
  }

  private move(reach: Reach, publisher: WearablePublisher): void {
    if (reach === 'offline' && this.reach !== 'offline') publisher.networkLost();
    if (reach !== 'offline' && this.reach === 'offline') publisher.reconnect();
    this.reach = reach;
  }

  private async boot(bootId: string): Promise<WearablePublisher> {
    const { options } = this;
    const bootedSeconds = this.seconds - 1;
    this.bootSecond = 0;
    const random = seededRandom(options.seed, `network of ${options.scenario.device} ${bootId}`);
    const publisher = new WearablePublisher({
      ...options.listeners,
      url: options.url,
      device: options.scenario.device,
      secret: options.secret,
      bootId,
      mode: Number.isFinite(options.speed) ? 'wearable' : 'recording',
      monotonicUs: () => this.monotonicUs(bootedSeconds),
      random: () => random.uniform(),
      software: 'vigil-ward-simulator',
      ...(options.onState ? { onState: options.onState } : {}),
    });
    this.publisher = publisher;
    await publisher.start();
    return publisher;
  }

  /** The boot's monotonic clock now. */
  private monotonicUs(bootedSeconds: number): number {
    const { speed } = this.options;
    if (!Number.isFinite(speed)) return this.bootSecond * 1e6;
    const elapsed = ((performance.now() - this.startMs) / 1000) * speed * this.pace();
    return Math.max(0, (elapsed + this.headStart() - bootedSeconds) * 1e6);
  }

  private headStart(): number {
    return this.options.headStartSeconds + this.offsetSeconds;
  }

  /** Seconds of the device's clock per true second. */
  private pace(): number {
    return 1 + this.options.scenario.sensor.clockDriftPpm * 1e-6;
  }

  /** Waits until so many seconds of the device's clock have passed. */
  private async dueAt(seconds: number): Promise<void> {
    const { speed } = this.options;
    if (!Number.isFinite(speed)) return;
    const dueMs = ((seconds - this.headStart()) * 1000) / speed / this.pace();
    const waitMs = this.startMs + dueMs - performance.now();
    if (waitMs < NOW_MS) return;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      this.timer = setTimeout(resolve, waitMs);
    });
  }
}
