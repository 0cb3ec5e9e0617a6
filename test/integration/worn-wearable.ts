import { type Frame, encodeFrame, topicOf } from '@app/contracts';
import type { MqttClient } from 'mqtt';
import { seededFrames } from '../parity/seeded-wearable.js';

/** A clock that a test moves on. It never stands still in between. */
export class MovableClock {
  private aheadMs = 0;

  nowMs(): number {
    return Date.now() + this.aheadMs;
  }

  passSeconds(seconds: number): void {
    this.aheadMs += seconds * 1000;
  }
}

/** A wearable whose samples a test takes and sends when it wants; it notes its sendings, and keeps what it could not send. */
export class WornWearable {
  private boots = 0;
  private bootId = '';
  private bootedMs = 0;
  private frames: Frame[] = [];
  private next = 0;
  /** What was sampled and not sent, with its boot, and when it was truly taken. */
  private readonly outbox: { frame: Frame; bootId: string; bootedMs: number }[] = [];
  /** True times of all frames, by boot and sequence. */
  readonly takenMs = new Map<string, { fromMs: number; toMs: number }>();

  constructor(
    readonly device: string,
    private readonly clock: MovableClock,
    /** How wrong its wall clock is, ms. */
    private readonly wallErrorMs = 0,
  ) {}

  /** It is switched on, or reboots, which takes a moment: its monotonic clock begins. */
  boot(): void {
    this.clock.passSeconds(2);
    this.bootId = `boot-${++this.boots}`;
    this.bootedMs = this.clock.nowMs();
    const seed = this.boots;
    this.frames = seededFrames({ device: this.device, bootId: this.bootId, seed, seconds: 3600 });
    this.next = 0;
  }

  /** So many seconds pass; it samples all the time. */
  wear(seconds: number): void {
    this.clock.passSeconds(seconds);
    while ((this.next + 1) * 1000 <= this.clock.nowMs() - this.bootedMs) {
      const frame = this.frames[this.next++]!;
      const fromMs = this.bootedMs + frame.monotonicUs / 1000;
      this.outbox.push({
        bootId: this.bootId,
        bootedMs: this.bootedMs,
        frame: {
          ...frame,
          wallClockMs: fromMs + this.wallErrorMs,
          wallClockSource: 'ntp',
        },
      });
      this.takenMs.set(`${this.bootId}/${frame.sequence}`, { fromMs, toMs: fromMs + 1000 });
    }
  }

  /** Samples and sends, second by second. */
  async stream(client: MqttClient, seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      this.wear(1);
      await this.send(client);
    }
  }

  /** Sends the newest seconds as live and then all that waits, oldest first. Resolves when everything is acknowledged. */
  async send(client: MqttClient): Promise<void> {
    const isLive = ({ bootId, frame }: (typeof this.outbox)[number]) =>
      bootId === this.bootId &&
      this.clock.nowMs() - this.bootedMs - frame.monotonicUs / 1000 <= 11_000;
    const waiting = this.outbox.splice(0);
    for (const one of [...waiting.filter(isLive), ...waiting.filter((each) => !isLive(each))]) {
      const sentMonotonicUs =
        one.bootId === this.bootId ? Math.round((this.clock.nowMs() - this.bootedMs) * 1000) : null;
      await client.publishAsync(
        topicOf(this.device, isLive(one) ? 'frames' : 'backfill'),
        Buffer.from(encodeFrame({ ...one.frame, sentMonotonicUs })),
        { qos: 1 },
      );
    }
  }
}
