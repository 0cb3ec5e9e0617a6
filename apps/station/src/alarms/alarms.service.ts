import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type AlarmEvent, type EventRecord, encodeRecord } from '@app/contracts';
import type { Checkpoint, Journal, JournalRecord } from '@app/journal';
import { readDataFolder } from '@app/registry';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Clock } from '../platform/clock.js';
import { runConsumer } from '../platform/consumer.js';
import { fatal } from '../platform/fatal.js';
import { Health, type PartHealth } from '../platform/health.js';
import { ReportLimit } from '../platform/report-limit.js';
import { Ticker } from '../platform/ticker.js';
import { CLOCK, JOURNAL, METRICS, SETTINGS_TOKEN } from '../platform/tokens.js';
import { UnreadableRecords } from '../platform/unreadable-records.js';
import type { Settings } from '../settings.js';
import { untilTaken } from '../platform/until-taken.js';
import { writeTrouble } from '../platform/write-trouble.js';
import { AlarmPartition } from './alarm-partition.js';
import { endsOfLeft, notActive } from './left-alarms.js';
import { WardWatch } from './ward-watch.js';

/** Names the checkpoints of the alarm machine. */
const CONSUMER = 'alarms';
/** Checkpoints at most this often: what is repeated after a crash is at most this much, and events carry ids. */
const CHECKPOINT_EVERY_MS = 2_000;
/** Behind by more than this the alarm machine is not well, ms: the dashboard says NOT LIVE from 3 s on. */
const PROGRESS_DUE_MS = 5_000;
/** Least time between two log lines about ticks that could not be recorded, ms. */
const REPORT_EVERY_MS = 10_000;

/** Runs the alarm machine over `ward` and appends what it says to `events`. Gives `ward` its clock ticks. */
@Injectable()
export class AlarmsService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Alarms');
  private readonly abort = new AbortController();
  private readonly partitions = new Map<number, AlarmPartition>();
  private readonly ticker: Ticker;
  private readonly unreadable: UnreadableRecords;
  private readonly wardWatch: WardWatch;
  private readonly raised: Counter;
  private readonly progress: Gauge;
  private running: Promise<void> = Promise.resolve();
  private checkpointedMs = 0;
  /** Ends of alarms in a checkpoint that could not be used: for those that are not raised again on the way to the present. */
  private readonly left: AlarmEvent[] = [];
  private tickMs: number | null = null;
  private readonly reports = new ReportLimit<'tick'>(REPORT_EVERY_MS);
  /** Why the last tick could not be recorded; null when it was. */
  private trouble: string | null = null;

  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS_TOKEN) settings: Settings,
    @Inject(METRICS) metrics: Registry,
    health: Health,
  ) {
    this.unreadable = new UnreadableRecords(metrics, 'alarms');
    this.wardWatch = new WardWatch(journal.partitions, readDataFolder(settings.data).origin);
    this.raised = new Counter({
      name: 'vigil_alarm_events_total',
      help: 'Alarm events by rule and change.',
      labelNames: ['rule', 'change'],
      registers: [metrics],
    });
    this.progress = new Gauge({
      name: 'vigil_alarms_tick_timestamp_seconds',
      help: 'The last tick that the alarm machine has worked through.',
      registers: [metrics],
    });
    this.ticker = new Ticker(
      journal,
      'ward',
      clock,
      (atMs) => encodeRecord({ type: 'tick', atMs }),
      { recorded: () => this.tickRecorded(), failed: (error) => this.tickFailed(error) },
    );
    health.register('alarms', () => this.health());
  }

  async onApplicationBootstrap(): Promise<void> {
    const all = Array.from({ length: this.journal.partitions }, (_, partition) => partition);
    for (const partition of all)
      this.partitions.set(partition, new AlarmPartition(partition, this.unreadable));
    this.running = runConsumer(this.journal, {
      name: CONSUMER,
      stream: 'ward',
      partitions: all,
      start: 'oldest',
      signal: this.abort.signal,
      restore: (partition, state) => this.restore(partition, state),
      handle: (records) => this.handle(records),
    }).catch((error: unknown) => fatal('the alarm machine', error));
    this.ticker.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ticker.stop();
    this.abort.abort();
    await this.running;
  }

  private restore(
    partition: number,
    state: ReadonlyMap<string, Uint8Array>,
  ): 'restored' | 'start-over' {
    try {
      this.partitions.set(partition, new AlarmPartition(partition, this.unreadable, state));
      return 'restored';
    } catch (error) {
      this.logger.warn(
        `partition ${partition} cannot continue from its checkpoint (${String(error)}): it starts over from the oldest record`,
      );
      this.left.push(...endsOfLeft(state, Math.round(this.clock.nowMs())));
      return 'start-over';
    }
  }

  private async handle(records: JournalRecord[]): Promise<Checkpoint[] | null> {
    const outputs = records.flatMap(
      (record) => this.partitions.get(record.partition)?.take(record) ?? [],
    );
    await this.append(outputs);
    for (const event of outputs) this.count(event);
    const nowMs = this.clock.nowMs();
    if (outputs.some(({ type }) => type === 'progress')) await this.watch(nowMs);
    if (nowMs - this.checkpointedMs < CHECKPOINT_EVERY_MS) return null;
    this.checkpointedMs = nowMs;
    return [...this.partitions.values()].flatMap((partition) => partition.checkpoint() ?? []);
  }

  /** Says how the wards are, while it is the present that is being read: of the past it was said then. */
  private async watch(nowMs: number): Promise<void> {
    if (this.tickMs === null || nowMs - this.tickMs > PROGRESS_DUE_MS) return;
    const views = [...this.partitions.values()].map(({ machine }) => machine);
    if (this.left.length > 0) await this.append(notActive(this.left.splice(0), views));
    const status = this.wardWatch.look(views, this.tickMs);
    if (status.length === 0) return;
    await untilTaken(
      "the wards' status",
      () => this.journal.append('ward', status),
      this.abort.signal,
    );
  }

  private async append(outputs: readonly EventRecord[]): Promise<void> {
    if (outputs.length === 0) return;
    const events = outputs.map((event) => ({ key: keyOf(event), value: encodeRecord(event) }));
    const append = () => this.journal.append('events', events);
    await untilTaken('alarm events', append, this.abort.signal);
  }

  private count(event: EventRecord): void {
    if (event.type === 'alarm') {
      this.raised.inc({ rule: event.rule, change: event.change });
    } else if (event.type === 'progress') {
      this.tickMs = event.tickMs;
      this.progress.set(event.tickMs / 1000);
    }
  }

  private tickRecorded(): void {
    if (this.trouble !== null) this.logger.log('ticks are recorded again');
    this.trouble = null;
  }

  private tickFailed(error: unknown): void {
    this.trouble = writeTrouble(error);
    const count = this.reports.note('tick', this.clock.nowMs());
    if (count === null) return;
    const times = count === 1 ? '' : ` (${count} times since the last such line)`;
    this.logger.error(`a tick could not be recorded${times}: ${this.trouble}`);
  }

  private health(): PartHealth {
    const ageMs = this.tickMs === null ? null : this.clock.nowMs() - this.tickMs;
    if (ageMs === null) return { ok: false, message: 'the alarm machine has not begun' };
    return ageMs <= PROGRESS_DUE_MS
      ? { ok: true, message: 'the alarm machine keeps up' }
      : {
          ok: false,
          message: `the alarm machine is ${Math.round(ageMs / 1000)} s behind${this.trouble === null ? '' : `: ${this.trouble}`}`,
        };
  }
}

function keyOf(event: EventRecord): string {
  return event.type === 'progress' ? `alarms-${event.partition}` : event.patient;
}
