import { type AlarmEvent, decodeEventRecord, wardOfLimitsKey } from '@app/contracts';
import type { Checkpoint, Journal, JournalRecord } from '@app/journal';
import type { Registry } from '@app/registry';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Registry as Metrics } from 'prom-client';
import type { Clock } from '../platform/clock.js';
import { runConsumer } from '../platform/consumer.js';
import { fatal } from '../platform/fatal.js';
import { Health } from '../platform/health.js';
import { Places } from '../platform/places.js';
import { CLOCK, JOURNAL, METRICS, REGISTRY } from '../platform/tokens.js';
import { UnreadableRecords } from '../platform/unreadable-records.js';
import { untilAnswered } from '../platform/until-answered.js';

/** Names the checkpoints. */
const CONSUMER = 'alarm-log';
const BATCH_RECORDS = 2_000;

interface Place {
  ward: string | null;
  bed: string | null;
}

/**
 * Copies alarm events into the registry's alarm log, with the ward and bed in which the patient is when they are written:
 * a moment after the event, or, after an outage of this role, where the patient is by then. At least once; the log skips what it has.
 */
@Injectable()
export class AlarmLogWriter implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly abort = new AbortController();
  private readonly unreadable: UnreadableRecords;
  private readonly places = new Places();
  private running: Promise<void> = Promise.resolve();
  /** Why the last try failed; null when it did not. */
  private trouble: string | null = null;

  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(METRICS) metrics: Metrics,
    health: Health,
  ) {
    this.unreadable = new UnreadableRecords(metrics, 'alarm-log');
    health.register(
      'alarm log',
      () =>
        this.trouble === null
          ? { ok: true, message: 'the alarm log takes what is written' }
          : { ok: false, message: `the alarm log waits for the registry: ${this.trouble}` },
      false,
    );
  }

  onApplicationBootstrap(): void {
    const { partitions } = this.journal;
    this.running = runConsumer(this.journal, {
      name: CONSUMER,
      stream: 'events',
      partitions: Array.from({ length: partitions }, (_, partition) => partition),
      start: 'oldest',
      signal: this.abort.signal,
      maxRecords: BATCH_RECORDS,
      handle: (records) => this.handle(records),
    }).catch((error: unknown) => {
      if (!this.abort.signal.aborted) fatal('the alarm log', error);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.abort.abort();
    await this.running;
  }

  private async handle(records: JournalRecord[]): Promise<Checkpoint[] | null> {
    const events = records
      .map((record) => this.unreadable.decode(record, decodeEventRecord))
      .filter((event) => event?.type === 'alarm');
    if (events.length > 0) {
      await untilAnswered(
        'the alarm log',
        () => this.write(events),
        this.abort.signal,
        (message) => (this.trouble = message),
      );
    }
    return this.places.due(records, events.length > 0, this.clock.nowMs());
  }

  private async write(events: readonly AlarmEvent[]): Promise<void> {
    const places = new Map<string, Place>();
    for (const { patient } of events) {
      if (!places.has(patient)) places.set(patient, await this.placeOf(patient));
    }
    await this.registry.alarmLog.append(
      events.map((event) => ({
        ...(places.get(event.patient) ?? { ward: null, bed: null }),
        event,
      })),
    );
  }

  private async placeOf(patient: string): Promise<Place> {
    const ward = wardOfLimitsKey(patient);
    if (ward !== null) return { ward, bed: null };
    const admission = (await this.registry.patients.find(patient))?.admission ?? null;
    if (admission !== null) return { ward: admission.ward, bed: admission.bed };
    return { ward: await this.registry.patients.wardOf(patient), bed: null };
  }
}
