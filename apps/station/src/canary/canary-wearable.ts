import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CANARY } from '@app/contracts';
import { FrameBuilder, WearablePublisher } from '@app/publisher';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MqttServer } from '../broker/mqtt-server.js';
import type { Clock } from '../platform/clock.js';
import { CLOCK, SETTINGS_TOKEN, TLS } from '../platform/tokens.js';
import type { Settings } from '../settings.js';
import { LOCAL_FILES } from '../tls/local-authority.js';
import type { Tls } from '../tls/tls.js';
import { CanaryDevice } from './canary-device.js';
import { CANARY_RATE_HZ, canarySecond } from './canary-light.js';

/** What may wait while the station is too slow, s: older samples prove nothing. */
const LATE_SECONDS = 30;

/** Wears nobody's wrist: sends a second of a known pulse every second, over real MQTT, as a patient's wearable does. */
@Injectable()
export class CanaryWearable implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Canary');
  private readonly bootId = randomBytes(6).toString('hex');
  private readonly builder = new FrameBuilder({
    device: CANARY,
    bootId: this.bootId,
    position: 'wrist',
  });
  private publisher: WearablePublisher | null = null;
  private timer: NodeJS.Timeout | null = null;
  /** The device's own clock: since its boot. */
  private readonly bootMs = performance.now();
  private second = 0;
  private stopped = false;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(TLS) private readonly tls: Tls | null,
    private readonly server: MqttServer,
    private readonly device: CanaryDevice,
  ) {}

  onApplicationBootstrap(): void {
    if (this.device.entry === null) return;
    this.sendAtNextSecond();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.publisher?.stop();
  }

  /** A frame leaves as its last sample is there: how long it takes from then on is what is measured. */
  private sendAtNextSecond(): void {
    const untilMs = 1000 - (this.monotonicMs() % 1000);
    this.timer = setTimeout(() => {
      void this.live().finally(() => {
        if (!this.stopped) this.sendAtNextSecond();
      });
    }, untilMs + 1);
  }

  /** Every second that has passed becomes a frame; what is too old is a gap. */
  private async live(): Promise<void> {
    const { address } = this.server;
    if (address === null) return;
    try {
      this.publisher ??= await this.connect(address);
      const passed = Math.floor(this.monotonicMs() / 1000);
      this.second = Math.max(this.second, passed - LATE_SECONDS);
      while (this.second < passed) await this.publisher.publish(this.frame(this.second++));
    } catch (error) {
      this.logger.error(`the canary cannot send: ${(error as Error).message}`);
    }
  }

  private async connect({
    host,
    port,
  }: {
    host: string;
    port: number;
  }): Promise<WearablePublisher> {
    const { tls } = this;
    const publisher = new WearablePublisher({
      url: `${tls === null ? 'mqtt' : 'mqtts'}://${reachable(host)}:${port}`,
      device: CANARY,
      secret: this.device.secret,
      bootId: this.bootId,
      mode: 'wearable',
      monotonicUs: () => this.monotonicMs() * 1000,
      software: 'canary',
      ...(tls === null ? {} : { trusted: () => this.ownCertificate(tls) }),
    });
    await publisher.start();
    return publisher;
  }

  private frame(second: number) {
    const { light, acceleration } = canarySecond(second);
    const ageMs = this.monotonicMs() - second * 1000;
    return this.builder.build({
      monotonicUs: second * 1e6,
      wallClockMs: Math.round(this.clock.nowMs() - ageMs),
      wallClockSource: 'ntp',
      blocks: [
        {
          kind: 'ppg',
          sampleRateHz: CANARY_RATE_HZ,
          unit: 'counts',
          scale: 1,
          channels: [{ wavelengthNm: 530, values: light }],
        },
        {
          kind: 'accelerometer',
          sampleRateHz: CANARY_RATE_HZ,
          unit: 'g',
          scale: 1 / 4096,
          channels: (['x', 'y', 'z'] as const).map((axis, i) => ({
            axis,
            values: acceleration[i]!,
          })),
        },
      ],
      battery: 1,
      worn: true,
    });
  }

  /** As it lies in its file: it may have been renewed. */
  private ownCertificate({ rootFile, cert }: Tls): string {
    try {
      return readFileSync(rootFile ?? join(this.settings.tls, LOCAL_FILES.certificate), 'utf8');
    } catch {
      return cert.toString();
    }
  }

  private monotonicMs(): number {
    return performance.now() - this.bootMs;
  }
}

/** Where this machine reaches what listens on an address. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
