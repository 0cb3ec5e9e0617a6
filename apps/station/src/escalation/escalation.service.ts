import { type AlarmEvent, decodeEventRecord } from '@app/contracts';
import type { Checkpoint, Journal, JournalRecord } from '@app/journal';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Counter, type Registry } from 'prom-client';
import type { Clock } from '../platform/clock.js';
import { runConsumer } from '../platform/consumer.js';
import { fatal } from '../platform/fatal.js';
import { Health, type PartHealth } from '../platform/health.js';
import { ReportLimit } from '../platform/report-limit.js';
import { CLOCK, JOURNAL, METRICS, SETTINGS_TOKEN } from '../platform/tokens.js';
import { UnreadableRecords } from '../platform/unreadable-records.js';
import type { Settings } from '../settings.js';
import { deliver } from './deliver.js';
import { Deliveries } from './deliveries.js';
import { type WebhookTarget, callWebhook } from './webhook-call.js';

/** Events on their way at once; beyond, the journal is the queue. What is too old is dropped and counted. */
const AT_ONCE = 64;
const REPORT_EVERY_MS = 10_000;

/**
 * Tells the outside of alarms that nobody has answered: follows `events`, so a receiver that is away holds up nothing but
 * its own place in the journal. At least once; the same event carries the same `idempotency-key`.
 */
@Injectable()
export class EscalationService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Escalation');
  private readonly abort = new AbortController();
  private readonly reports = new ReportLimit<string>(REPORT_EVERY_MS);
  private readonly unreadable: UnreadableRecords;
  private readonly deliveries: Counter;
  private readonly target: WebhookTarget | null;
  /** The next offset to read, by partition. */
  private readonly next = new Map<number, number>();
  private running: Promise<void> = Promise.resolve();
  /** Why the last try came to nothing; null after one that was taken. */
  private trouble: string | null = null;

  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS_TOKEN) { webhookUrl, webhookSecret }: Settings,
    @Inject(METRICS) metrics: Registry,
    health: Health,
  ) {
    this.unreadable = new UnreadableRecords(metrics, 'escalation');
    this.target =
      webhookUrl === undefined || webhookSecret === undefined
        ? null
        : { url: webhookUrl, secret: webhookSecret };
    this.deliveries = new Counter({
      name: 'vigil_webhook_events_total',
      help: 'Escalated alarm events by what came of telling the webhook.',
      labelNames: ['result'],
      registers: [metrics],
    });
    if (this.target !== null) health.register('webhook', () => this.health(), false);
  }

  onApplicationBootstrap(): void {
    const { target } = this;
    if (target === null) return;
    const underway = new Deliveries(AT_ONCE, (event: AlarmEvent) => this.deliver(target, event));
    this.running = runConsumer(this.journal, {
      name: 'escalation',
      stream: 'events',
      partitions: Array.from({ length: this.journal.partitions }, (_, partition) => partition),
      start: 'next',
      signal: this.abort.signal,
      handle: (records) => this.handle(underway, records),
    })
      .catch((error: unknown) => {
        if (!this.abort.signal.aborted) fatal('the escalation', error);
      })
      .finally(() => underway.ended());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.abort.abort();
    await this.running;
  }

  private async handle(
    underway: Deliveries<AlarmEvent>,
    records: JournalRecord[],
  ): Promise<Checkpoint[] | null> {
    for (const record of records) {
      const event = this.unreadable.decode(record, decodeEventRecord);
      if (event?.type === 'alarm' && concernsWebhook(event))
        await underway.add(event, event.alarmId, record);
      // What was not told before the stop is told after the next start.
      if (this.abort.signal.aborted) return null;
      this.next.set(record.partition, record.offset + 1);
    }
    return [...this.next].map(([partition, next]) => ({
      partition,
      offset: underway.passed(partition, next),
      state: new Map<string, Uint8Array>(),
    }));
  }

  /** @returns whether it is done with; not when the station stops before. */
  private async deliver(target: WebhookTarget, event: AlarmEvent): Promise<boolean> {
    const { signal } = this.abort;
    const result = await deliver(event, {
      call: (one) => callWebhook(target, one, this.clock.nowMs(), signal),
      nowMs: () => this.clock.nowMs(),
      tell: (why) => this.failed(event, why),
      signal,
    });
    if (result === 'taken') this.trouble = null;
    if (result !== 'stopped') this.deliveries.inc({ result });
    if (result === 'refused' || result === 'too-old')
      this.logger.error(`the webhook was not told of ${event.id}: ${result}`);
    return result !== 'stopped';
  }

  private failed(event: AlarmEvent, why: string): void {
    this.trouble = why;
    const count = this.reports.note('webhook', this.clock.nowMs());
    if (count !== null) this.logger.warn(`the webhook could not be told of ${event.id}: ${why}`);
  }

  private health(): PartHealth {
    return this.trouble === null
      ? { ok: true, message: 'the webhook takes what it is told' }
      : { ok: false, message: `the webhook cannot be told of alarms: ${this.trouble}` };
  }
}

/** An alarm that has gone to the webhook, and what became of it then. */
function concernsWebhook({ escalation, change }: AlarmEvent): boolean {
  if (escalation !== 'webhook') return false;
  return change === 'escalated' || change === 'acknowledged' || change === 'ended';
}
