import type { DeviceEntry } from '@app/registry';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '../platform/clock.js';
import { ReportLimit } from '../platform/report-limit.js';
import { CLOCK } from '../platform/tokens.js';
import { ClockLog } from './clock-log.js';
import type { DeviceSession } from './device-session.js';
import { Downlink } from './downlink.js';
import { BROKER_LIMITS } from './limits.js';
import { LinkLog } from './link-log.js';
import { Sessions } from './sessions.js';
import { Wearers } from './wearers.js';

const LOOK_EVERY_MS = 1_000;

/** Lets changes of the registry reach the devices that are connected, within a second, whether they send or not. */
@Injectable()
export class WearerWatch {
  private readonly logger = new Logger('Broker');
  private readonly logged = new ReportLimit<'registry'>(BROKER_LIMITS.reportIntervalMs);
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> | null = null;
  private revision = -1;

  constructor(
    private readonly sessions: Sessions,
    private readonly wearers: Wearers,
    private readonly links: LinkLog,
    private readonly downlink: Downlink,
    private readonly clocks: ClockLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.looking ??= this.look().finally(() => (this.looking = null));
    }, LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.looking;
  }

  /** A device has connected: what has changed since its secret was verified is looked for again. */
  lookAgain(): void {
    this.revision = -1;
  }

  /** Somebody else may wear the device now, or nobody. */
  follow(session: DeviceSession, entry: DeviceEntry): void {
    if (!this.links.follow(session, entry)) return;
    for (const channel of session.downlinks) void this.downlink.subscribed(session, channel);
  }

  private async look(): Promise<void> {
    try {
      const revision = await this.wearers.revision();
      if (revision === this.revision) return;
      this.revision = revision;
      for (const session of this.sessions.all()) await this.check(session);
    } catch (error) {
      this.lookAgain();
      if (this.logged.note('registry', this.clock.nowMs()) !== null)
        this.logger.error(`the registry cannot be read: ${String(error)}`);
    }
  }

  private async check(session: DeviceSession): Promise<void> {
    const entry = await session.inTurn(() => this.wearers.entry(session.device));
    if (entry === null) {
      this.clocks.forget(session.device);
      session.end('removed');
    } else if (entry.credential !== session.entry.credential) session.end('secret-renewed');
    else this.follow(session, entry);
  }
}
