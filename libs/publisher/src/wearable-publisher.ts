import { encodeFrame, frameSeconds, type Frame } from '@app/contracts';
import { Backoff, RECONNECT_BACKOFF } from './backoff.js';
import { deliverDownlink, listenedTo } from './downlink.js';
import { MemoryOutbox } from './memory-outbox.js';
import { openMqttConnection, type MqttConnection } from './mqtt-connection.js';
import type { Outbox } from './outbox.js';
import type { PublisherCounts, WearablePublisherOptions } from './publisher-options.js';
import { SendOrder, type SendItem } from './send-order.js';
import { withSentTime } from './sent-time.js';

/** A connection that lasted this long was a good one: the next wait starts small again. */
const GOOD_CONNECTION_MS = 10_000;

/**
 * The device's side of Vigil: store and forward. A frame is in the outbox before anything else, is sent when there is a
 * connection, and leaves the outbox on its PUBACK; so the station gets every frame at least once, in order of urgency.
 */
export class WearablePublisher {
  private readonly outbox: Outbox;
  private readonly order: SendOrder;
  private readonly backoff: Backoff;
  private readonly maxInFlight: number;
  private readonly inFlight = new Map<number, SendItem>();
  private readonly waiters: (() => void)[] = [];
  private readonly counted = {
    connections: 0,
    sentLive: 0,
    sentBackfill: 0,
    acknowledged: 0,
    badDownlinks: 0,
  };
  private connection: MqttConnection | null = null;
  private reconnectTimer: ReturnType<typeof setTimeout> | undefined;
  private goodTimer: ReturnType<typeof setTimeout> | undefined;
  private pumping = false;
  private storing = 0;
  private opening = false;
  private withoutNetwork = false;
  private stopped = false;

  /** Throws a TypeError on an address that can never be one of a broker. */
  constructor(private readonly options: WearablePublisherOptions) {
    if (!/^(mqtts?|wss?):/.test(options.url) || !URL.canParse(options.url)) {
      throw new TypeError(`${options.url} is no address of an MQTT broker`);
    }
    this.outbox = options.outbox ?? new MemoryOutbox();
    this.order = new SendOrder(options.mode, options.bootId);
    this.backoff = new Backoff(options.backoff ?? RECONNECT_BACKOFF, options.random ?? Math.random);
    this.maxInFlight = options.inFlight ?? 16;
  }

  /** Reads what an earlier run left in the outbox and starts to connect. */
  async start(): Promise<void> {
    const left = await this.outbox.open();
    this.order.restore(left);
    this.connect();
  }

  /**
   * Takes a frame. Mode `wearable` never waits for the network; mode `recording` waits while too much is waiting, so that
   * nothing is dropped. After `stop` frames are kept in the outbox and not sent.
   */
  async publish(frame: Frame): Promise<void> {
    if (this.options.mode === 'recording') await this.room();
    this.storing++;
    try {
      const item = {
        bootId: frame.bootId,
        endMonotonicUs: frame.monotonicUs + frameSeconds(frame) * 1e6,
      };
      const id = await this.outbox.put({ ...item, bytes: encodeFrame(frame) });
      this.order.add({ id, ...item });
    } finally {
      this.storing--;
    }
    this.pump();
  }

  /** Resolves when everything that was published has been acknowledged; never while the station is away. */
  async delivered(): Promise<void> {
    while (this.waiting() > 0) await this.change();
  }

  counts(): PublisherCounts {
    return { ...this.counted, inFlight: this.inFlight.size, ...this.outbox.counts() };
  }

  get connected(): boolean {
    return this.connection !== null;
  }

  /** Drops the connection without a word, or the wait for one, and connects again at once: the network has changed or is back. */
  reconnect(): void {
    this.withoutNetwork = false;
    this.backoff.reset();
    if (this.connection !== null) this.connection.break();
    else if (!this.opening) this.connect();
  }

  /** There is no network: drops the connection without a word, and tries none before `reconnect`. Frames wait in the outbox. */
  networkLost(): void {
    this.withoutNetwork = true;
    clearTimeout(this.reconnectTimer);
    this.connection?.break();
  }

  /** The device loses its power: no goodbye, and nothing is sent any more. */
  kill(): void {
    this.halt();
    this.connection?.break();
  }

  /** Says goodbye. Gives waiting frames `drainMs` to be acknowledged; what is left stays in the outbox. */
  async stop(drainMs = 0): Promise<void> {
    if (drainMs > 0 && this.waiting() > 0) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, drainMs)));
      await Promise.race([this.delivered(), timeout]);
      clearTimeout(timer);
    }
    this.halt();
    await this.connection?.close(1000);
  }

  private halt(): void {
    this.stopped = true;
    clearTimeout(this.reconnectTimer);
    clearTimeout(this.goodTimer);
    this.changed();
  }

  private connect(): void {
    clearTimeout(this.reconnectTimer);
    if (this.stopped) return;
    this.opening = true;
    void this.open();
  }

  private async open(): Promise<void> {
    const { options } = this;
    options.onState?.({ state: 'connecting' });
    const opened = await openMqttConnection({
      url: options.url,
      device: options.device,
      secret: options.secret,
      keepAliveSeconds: options.keepAliveSeconds ?? 20,
      connectTimeoutMs: options.connectTimeoutMs ?? 5000,
      ...(options.trusted === undefined ? {} : { trusted: options.trusted() }),
      onMessage: (topic, payload) => {
        if (!deliverDownlink(topic, payload, options)) this.counted.badDownlinks++;
      },
      onClosed: (reason) => this.lost(reason),
    });
    this.opening = false;
    if (opened.state === 'open') this.online(opened.connection);
    else this.retry(opened.state === 'refused' ? 'refused' : 'offline', opened.message);
  }

  private online(connection: MqttConnection): void {
    if (this.stopped) {
      void connection.close(1000);
      return;
    }
    this.connection = connection;
    if (this.withoutNetwork) {
      connection.break();
      return;
    }
    this.counted.connections++;
    this.goodTimer = setTimeout(() => this.backoff.reset(), GOOD_CONNECTION_MS);
    void connection.subscribe(listenedTo(this.options));
    connection.publishStatus({
      state: 'online',
      waitingFrames: this.outbox.counts().waitingFrames,
      ...(this.options.software === undefined ? {} : { software: this.options.software }),
    });
    this.options.onState?.({ state: 'online' });
    this.pump();
  }

  private lost(reason: string): void {
    this.connection = null;
    clearTimeout(this.goodTimer);
    this.order.restore([...this.inFlight.values()]);
    this.inFlight.clear();
    this.retry('offline', reason);
  }

  private retry(state: 'offline' | 'refused', reason: string): void {
    if (this.stopped) return;
    if (this.withoutNetwork) {
      this.options.onState?.({ state: 'offline', reason: 'there is no network', retryMs: null });
      return;
    }
    const retryMs = this.backoff.next();
    this.options.onState?.({ state, reason, retryMs });
    this.reconnectTimer = setTimeout(() => this.connect(), retryMs);
  }

  /** Sends while there is a connection, a frame and room; one loop at a time, so that frames leave in order. */
  private pump(): void {
    if (this.pumping || this.connection === null) return;
    this.pumping = true;
    void this.sendWaiting().finally(() => {
      this.pumping = false;
      // a connection that came while the loop was ending finds its frames here
      if (
        this.connection !== null &&
        this.order.size > 0 &&
        this.inFlight.size < this.maxInFlight
      ) {
        this.pump();
      }
    });
  }

  private async sendWaiting(): Promise<void> {
    for (;;) {
      const { connection } = this;
      if (connection === null || this.inFlight.size >= this.maxInFlight) return;
      const now = this.options.monotonicUs();
      const item = this.order.take(now);
      if (item === null) return;
      // in flight from here on, so that a connection lost during the read puts it back
      this.inFlight.set(item.id, item);
      const bytes = await this.outbox.get(item.id);
      if (this.connection !== connection) continue;
      if (bytes === undefined) {
        this.inFlight.delete(item.id);
        this.changed();
        continue;
      }
      this.send(connection, item, bytes, now);
    }
  }

  private send(
    connection: MqttConnection,
    item: SendItem,
    bytes: Uint8Array,
    nowMonotonicUs: number,
  ): void {
    const live = item.lane === 'live';
    const payload =
      this.options.mode === 'wearable' && item.bootId === this.options.bootId
        ? withSentTime(bytes, nowMonotonicUs)
        : bytes;
    if (live) this.counted.sentLive++;
    else this.counted.sentBackfill++;
    connection.publish(live ? 'frames' : 'backfill', payload, () => {
      if (this.connection !== connection || !this.inFlight.delete(item.id)) return;
      this.counted.acknowledged++;
      void this.forget(item.id);
      this.pump();
    });
  }

  private async forget(id: number): Promise<void> {
    await this.outbox.delete(id);
    this.changed();
  }

  private waiting(): number {
    return this.order.size + this.inFlight.size + this.storing;
  }

  private async room(): Promise<void> {
    const limit = this.options.waitingFrames ?? 64;
    while (this.waiting() >= limit && !this.stopped) await this.change();
  }

  /** Resolves at the next acknowledgement (or dropped frame). */
  private change(): Promise<void> {
    return new Promise((resolve) => this.waiters.push(resolve));
  }

  private changed(): void {
    for (const waiter of this.waiters.splice(0)) waiter();
  }
}
