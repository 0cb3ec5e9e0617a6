import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type ReturnedEvent, decodeEventRecord } from '@app/contracts';
import type { Checkpoint, Journal, JournalRecord } from '@app/journal';
import { type Registry, RegistryError, STATION } from '@app/registry';
import type { Registry as Metrics } from 'prom-client';
import type { Clock } from '../../platform/clock.js';
import { runConsumer } from '../../platform/consumer.js';
import { fatal } from '../../platform/fatal.js';
import { Places } from '../../platform/places.js';
import { CLOCK, JOURNAL, METRICS, REGISTRY } from '../../platform/tokens.js';
import { UnreadableRecords } from '../../platform/unreadable-records.js';
import { untilAnswered } from '../../platform/until-answered.js';
import { RegistryFollower } from './registry-follower.js';

/** Names the checkpoints. */
const CONSUMER = 'gateway-returned';

/**
 * A patient off ward whose signal has been good for three minutes is back: the alarm machine has seen it, the registry is
 * told, and its change says so to everybody.
 */
@Injectable()
export class Returns implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Registry');
  private readonly abort = new AbortController();
  private readonly unreadable: UnreadableRecords;
  private readonly places = new Places();
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(METRICS) metrics: Metrics,
    private readonly follower: RegistryFollower,
  ) {
    this.unreadable = new UnreadableRecords(metrics, 'returns');
  }

  onApplicationBootstrap(): void {
    const { partitions } = this.journal;
    this.running = runConsumer(this.journal, {
      name: CONSUMER,
      stream: 'events',
      partitions: Array.from({ length: partitions }, (_, partition) => partition),
      start: 'oldest',
      signal: this.abort.signal,
      handle: (records) => this.handle(records),
    }).catch((error: unknown) => {
      if (!this.abort.signal.aborted) fatal('gateway', error);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.abort.abort();
    await this.running;
  }

  private async handle(records: JournalRecord[]): Promise<Checkpoint[] | null> {
    const events = records
      .map((record) => this.unreadable.decode(record, decodeEventRecord))
      .filter((event) => event?.type === 'returned');
    for (const event of events) {
      await untilAnswered(
        `the return of ${event.patient}`,
        () => this.return(event),
        this.abort.signal,
      );
    }
    return this.places.due(records, events.length > 0, this.clock.nowMs());
  }

  private async return({ patient, atMs }: ReturnedEvent): Promise<void> {
    const offWard = (await this.registry.patients.find(patient))?.admission?.offWard ?? null;
    // an event that is read again must not end a later absence
    if (offWard === null || offWard.sinceMs >= atMs) return;
    try {
      await this.registry.patients.return(STATION, patient);
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      // discharged in this very moment
      this.logger.warn(`${patient} did not come back to the ward: ${error.message}`);
      return;
    }
    await this.follower.caughtUp();
  }
}
