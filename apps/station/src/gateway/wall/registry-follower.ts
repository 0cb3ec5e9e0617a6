import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { wardOfLimitsKey } from '@app/contracts';
import type { Journal } from '@app/journal';
import { type Registry, STATION } from '@app/registry';
import type { Clock } from '../../platform/clock.js';
import { Health } from '../../platform/health.js';
import { OutboxDrain } from '../../platform/outbox-drain.js';
import { ReportLimit } from '../../platform/report-limit.js';
import { CLOCK, JOURNAL, REGISTRY } from '../../platform/tokens.js';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import { WALL_CHECKPOINTS } from './saved-part.js';

const REPORT_EVERY_MS = 10_000;
/** The limits of the first ward are among the first records of a journal; a few ticks may lie before them. */
const FIRST_RECORDS = 1000;

/**
 * Follows the registry by its revision: what this process has changed at once, what others have (the command line) within
 * a second. Its changes go into `ward`; the names that `ward` does not tell are kept here for the rooms.
 */
@Injectable()
export class RegistryFollower implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Registry');
  private readonly reports = new ReportLimit<'read'>(REPORT_EVERY_MS);
  private readonly drain: OutboxDrain;
  private readonly listeners = new Set<() => void>();
  private wardNames: ReadonlyMap<string, string> = new Map();
  private deviceWards: ReadonlyMap<string, string> = new Map();
  private revision: number | null = null;
  private timer: NodeJS.Timeout | null = null;
  private reading: Promise<void> | null = null;
  /** Whether the journal has heard of this registry, as far as can be known. */
  private isTold = false;
  /** Why the registry could not be read; null when it could. */
  private trouble: string | null = null;

  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    health: Health,
  ) {
    this.drain = new OutboxDrain(registry, journal, clock);
    health.register('registry records', () => this.drain.health(), false);
    health.register('registry', () =>
      this.trouble === null
        ? { ok: true, message: 'the registry answers' }
        : { ok: false, message: `the registry cannot be read: ${this.trouble}` },
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.caughtUp();
    this.timer = setInterval(() => void this.caughtUp(), GATEWAY_LIMITS.registryEveryMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await Promise.all([this.reading, this.drain.idle()]);
  }

  /** Called when wards or devices have changed. */
  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** After a change: resolves when it is in `ward`, or cannot be brought there now. Never rejects. */
  async caughtUp(): Promise<void> {
    await this.drain.run();
    this.reading ??= this.read().finally(() => {
      this.reading = null;
    });
    await this.reading;
  }

  /** What a ward is called; its id when nobody has told. */
  titleOf(ward: string): string {
    return this.wardNames.get(ward) ?? ward;
  }

  knows(ward: string): boolean {
    return this.wardNames.has(ward);
  }

  /** The ward that a device belongs to; null for one that the registry does not know. */
  wardOfDevice(device: string): string | null {
    return this.deviceWards.get(device) ?? null;
  }

  private async read(): Promise<void> {
    try {
      if (!this.isTold) await this.tellNewJournal();
      const revision = await this.registry.revision();
      if (revision !== this.revision) {
        const [wards, devices] = await Promise.all([
          this.registry.wards.list(),
          this.registry.devices.list(),
        ]);
        this.wardNames = new Map(wards.map(({ ward, name }) => [ward, name]));
        this.deviceWards = new Map(devices.map(({ device, ward }) => [device, ward]));
        this.revision = revision;
        for (const listen of this.listeners) listen();
      }
      this.trouble = null;
    } catch (error) {
      this.trouble = (error as Error).message;
      if (this.reports.note('read', this.clock.nowMs()) !== null)
        this.logger.error(`the registry cannot be read: ${this.trouble}`);
    }
  }

  /** A journal in place of one that was lost knows of no ward and nobody: it is told all that is in force. */
  private async tellNewJournal(): Promise<void> {
    if (!(await this.hasHeard())) {
      await this.registry.outbox.announceAll(STATION);
      await this.drain.run();
    }
    this.isTold = true;
  }

  /** Whether this registry's changes have ever gone into this journal. */
  private async hasHeard(): Promise<boolean> {
    for (let partition = 0; partition < this.journal.partitions; partition++) {
      if ((await this.journal.checkpoint(WALL_CHECKPOINTS.ward, partition)) !== null) return true;
    }
    const [bounds] = await this.journal.bounds('ward');
    const first = await this.journal.read('ward', 0, bounds?.oldest ?? 0, FIRST_RECORDS);
    return first.some(({ key }) => wardOfLimitsKey(key) !== null);
  }
}
