import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Checkpoint, Journal, JournalRecord } from '@app/journal';
import type { Registry } from 'prom-client';
import type { Clock } from '../platform/clock.js';
import { runConsumer } from '../platform/consumer.js';
import { fatal } from '../platform/fatal.js';
import { Health, type PartHealth } from '../platform/health.js';
import { CLOCK, JOURNAL, METRICS, SETTINGS_TOKEN } from '../platform/tokens.js';
import type { Settings } from '../settings.js';
import { CheckpointPace } from './checkpoint-pace.js';
import { Networks } from './networks.js';
import { Pipeline } from './pipeline.js';
import { ProcessorMetrics } from './processor-metrics.js';

/** Names the checkpoints of the processor. */
export const PROCESSOR_CONSUMER = 'processor';
/** Most records in one batch: what is read late must not wait behind a long one. */
const BATCH_RECORDS = 256;
const TASKS = ['heartRate', 'activity'] as const;

/** Runs the pipeline over this process's share of the partitions. */
@Injectable()
export class ProcessorService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Processor');
  private readonly abort = new AbortController();
  private readonly metrics: ProcessorMetrics;
  private readonly pace: CheckpointPace;
  private networks: Networks | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(METRICS) registry: Registry,
    health: Health,
  ) {
    this.metrics = new ProcessorMetrics(registry);
    this.pace = new CheckpointPace(clock);
    health.register('processor', () => this.health());
  }

  async onApplicationBootstrap(): Promise<void> {
    const { metrics } = this;
    this.networks = await Networks.load(
      this.settings.models,
      { observe: (call) => metrics.inference(call) },
      (task) => metrics.notFinite.inc({ task }),
    );
    for (const task of TASKS) {
      const fault = this.networks.faultOf(task);
      const { name, version } = this.networks.idOf(task);
      if (fault === null) this.logger.log(`${task}: ${name} ${version}`);
      else this.logger.error(`${task} runs without a network (${name}): ${fault}`);
    }
    const pipeline = new Pipeline({
      journal: this.journal,
      networks: this.networks,
      clock: this.clock,
      metrics,
    });
    metrics.watch(
      'vigil_sessions',
      'Devices with state in this processor.',
      () => pipeline.sessionCount,
    );
    metrics.watch(
      'vigil_lanes',
      'Lanes with state in this processor: live and backfill, of each boot.',
      () => pipeline.laneCount,
    );
    metrics.watch(
      'vigil_processor_backlog_records',
      'Records of frames that this processor has not worked through.',
      () => this.backlog(pipeline),
    );
    this.running = this.run(pipeline);
    this.running.catch((error: unknown) => fatal('The processor', error));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.abort.abort();
    await this.running.catch(() => undefined);
    await this.networks?.release();
  }

  private async run(pipeline: Pipeline): Promise<void> {
    await runConsumer(this.journal, {
      name: PROCESSOR_CONSUMER,
      stream: 'frames',
      partitions: this.partitions(),
      start: 'oldest',
      signal: this.abort.signal,
      maxRecords: BATCH_RECORDS,
      restore: (partition, state) => this.restore(pipeline, partition, state),
      handle: (records) => this.handle(pipeline, records),
    });
    await this.journal.commit(PROCESSOR_CONSUMER, pipeline.takeCheckpoints());
  }

  private async handle(
    pipeline: Pipeline,
    records: JournalRecord[],
  ): Promise<readonly Checkpoint[] | null> {
    await pipeline.process(records);
    if (!this.pace.isDue()) return null;
    return this.pace.timed(() => pipeline.takeCheckpoints());
  }

  private restore(
    pipeline: Pipeline,
    partition: number,
    state: ReadonlyMap<string, Uint8Array>,
  ): 'restored' | 'start-over' {
    try {
      pipeline.restore(partition, state);
      return 'restored';
    } catch (error) {
      this.logger.warn(
        `partition ${partition} cannot continue from its checkpoint (${String(error)}): everything that the journal still holds is computed anew`,
      );
      return 'start-over';
    }
  }

  /** This process's share: every `processors`-th partition. */
  private partitions(): number[] {
    const { processors, processorIndex } = this.settings;
    return Array.from({ length: this.journal.partitions }, (_, partition) => partition).filter(
      (partition) => partition % processors === processorIndex,
    );
  }

  private async backlog(pipeline: Pipeline): Promise<number> {
    const bounds = await this.journal.bounds('frames');
    return this.partitions().reduce((sum, partition) => {
      const { oldest, next } = bounds[partition] ?? { oldest: 0, next: 0 };
      return sum + Math.max(0, next - (pipeline.positions.get(partition) ?? oldest));
    }, 0);
  }

  /** Without a network the processor works on: ready, and it says so. */
  private health(): PartHealth {
    const { networks } = this;
    if (networks === null) return { ok: false, message: 'is loading its models' };
    const faults = TASKS.flatMap((task) => {
      const fault = networks.faultOf(task);
      return fault === null ? [] : [`${task} runs without a network: ${fault}`];
    });
    return { ok: true, message: faults.length === 0 ? 'runs' : faults.join('; ') };
  }
}
