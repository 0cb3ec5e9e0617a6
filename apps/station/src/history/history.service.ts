import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { CANARY, decodeEventRecord, decodeWardRecord, encodeRecord } from '@app/contracts';
import type { Checkpoint, Journal, JournalRecord, StreamName } from '@app/journal';
import type { SeriesStore } from '@app/series';
import { Counter, Gauge, type Registry } from 'prom-client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../platform/clock.js';
import { nextOffsets, runConsumer } from '../platform/consumer.js';
import { fatal } from '../platform/fatal.js';
import { Health, type PartHealth } from '../platform/health.js';
import { CLOCK, JOURNAL, METRICS, SERIES } from '../platform/tokens.js';
import { UnreadableRecords } from '../platform/unreadable-records.js';
import { writeTrouble } from '../platform/write-trouble.js';
import { untilBack } from './retry.js';

/** Most records that are written at once. */
const BATCH_RECORDS = 2_000;
/** The store's health is looked at this often, and told again after this time, ms. */
const HEALTH_EVERY_MS = 1_000;
const HEALTH_AGAIN_MS = 30_000;
/** A batch that was not full waits this long for company before the next: one commit for many results, ms. */
const GATHER_MS = 400;

/**
 * Copies vital signs and alarm events into the history store. While the store is away its place in the journal waits,
 * and nothing else does.
 */
@Injectable()
export class HistoryService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('History');
  private readonly abort = new AbortController();
  private readonly unreadable: UnreadableRecords;
  private readonly written: Counter;
  private readonly backlog: Gauge;
  private running: Promise<unknown> = Promise.resolve();
  private word: NodeJS.Timeout | null = null;
  /** What was last said into `ward`, and when. */
  private said: { ok: boolean; atMs: number } | null = null;
  /** Since when the store has been away, and what it said; null while it answers. */
  private away: { sinceMs: number; message: string } | null = null;

  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(SERIES) private readonly series: SeriesStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(METRICS) metrics: Registry,
    health: Health,
  ) {
    this.unreadable = new UnreadableRecords(metrics, 'history');
    this.written = new Counter({
      name: 'vigil_history_records_total',
      help: 'Records written to the history store.',
      labelNames: ['stream'],
      registers: [metrics],
    });
    this.backlog = new Gauge({
      name: 'vigil_history_backlog_records',
      help: 'Records of the journal that the history store has not seen.',
      labelNames: ['stream'],
      registers: [metrics],
    });
    health.register('history store', () => this.health(), false);
  }

  onApplicationBootstrap(): void {
    this.running = this.run().catch((error: unknown) => fatal('the history writer', error));
    this.word = setInterval(() => void this.sayHealth(), HEALTH_EVERY_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.word !== null) clearInterval(this.word);
    this.abort.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    if (!(await this.reach(() => this.series.prepare()))) return;
    await Promise.all([
      this.follow('ward', (records) => {
        const wards = records.map((record) => this.unreadable.decode(record, decodeWardRecord));
        const vitals = wards.flatMap((record) =>
          record?.type === 'vitals' && record.vital.patient !== CANARY ? [record.vital] : [],
        );
        return vitals.length === 0 ? null : () => this.series.writeVitals(vitals);
      }),
      this.follow('events', (records) => {
        const events = records.map((record) => this.unreadable.decode(record, decodeEventRecord));
        const alarms = events.filter((event) => event?.type === 'alarm');
        return alarms.length === 0 ? null : () => this.series.writeEvents(alarms);
      }),
    ]);
  }

  private follow(
    stream: StreamName,
    writeOf: (records: JournalRecord[]) => (() => Promise<void>) | null,
  ) {
    return runConsumer(this.journal, {
      name: `history-${stream}`,
      stream,
      partitions: Array.from({ length: this.journal.partitions }, (_, partition) => partition),
      start: 'oldest',
      signal: this.abort.signal,
      maxRecords: BATCH_RECORDS,
      handle: async (records) => {
        const write = writeOf(records);
        if (write !== null && !(await this.reach(write))) return null;
        this.written.inc({ stream }, records.length);
        const next = nextOffsets(records);
        await this.measureBacklog(stream, next);
        if (records.length < BATCH_RECORDS) await this.pause();
        return [...next].map(([partition, offset]): Checkpoint => ({
          partition,
          offset,
          state: new Map(),
        }));
      },
    });
  }

  private async reach(work: () => Promise<void>): Promise<boolean> {
    const worked = await untilBack(work, this.abort.signal, ({ message }) => {
      if (this.away === null)
        this.logger.warn(`${message}; what is not written waits in the journal`);
      this.away = { sinceMs: this.away?.sinceMs ?? this.clock.nowMs(), message };
    });
    if (worked && this.away !== null) {
      this.logger.log(`${this.series.description} is back after ${this.awaySeconds(this.away)} s`);
      this.away = null;
    }
    return worked;
  }

  private async measureBacklog(
    stream: StreamName,
    next: ReadonlyMap<number, number>,
  ): Promise<void> {
    const bounds = await this.journal.bounds(stream);
    const waiting = [...next].reduce(
      (sum, [partition, offset]) => sum + (bounds[partition]?.next ?? offset) - offset,
      0,
    );
    this.backlog.set({ stream }, waiting);
  }

  private async pause(): Promise<void> {
    await sleep(GATHER_MS, undefined, { signal: this.abort.signal }).catch(() => undefined);
  }

  /** Into `ward`, for the alarm machine. What cannot be said now is said the next time. */
  private async sayHealth(): Promise<void> {
    const { ok, message } = this.health();
    const atMs = Math.round(this.clock.nowMs());
    const isNews = ok !== this.said?.ok || atMs - this.said.atMs >= HEALTH_AGAIN_MS;
    if (!isNews) return;
    const value = encodeRecord({ type: 'health', part: 'storage', ok, message, atMs });
    try {
      await this.journal.append('ward', [{ key: 'health-storage', value }]);
      this.said = { ok, atMs };
    } catch (error) {
      if (!this.abort.signal.aborted)
        this.logger.warn(`how the history store is could not be recorded: ${writeTrouble(error)}`);
    }
  }

  private health(): PartHealth {
    return this.away === null
      ? { ok: true, message: `${this.series.description} takes what is written` }
      : {
          ok: false,
          message: `the history store is away for ${this.awaySeconds(this.away)} s: ${this.away.message}`,
        };
  }

  private awaySeconds({ sinceMs }: { sinceMs: number }): number {
    return Math.round((this.clock.nowMs() - sinceMs) / 1000);
  }
}
