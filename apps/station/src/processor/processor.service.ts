import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Journal, JournalRecord } from '@app/journal';
import type { Registry } from 'prom-client';
import type { Clock } from '../platform/clock.js';
import { runConsumer } from '../platform/consumer.js';
import { fatal } from '../platform/fatal.js';
import { Health, type PartHealth } from '../platform/health.js';
import { CLOCK, JOURNAL, METRICS, SETTINGS_TOKEN } from '../platform/tokens.js';
import type { Settings } from '../settings.js';
import { Checkpointer } from './checkpointer.js';
import { networkHealth } from './network-health.js';
import { Networks, TASKS } from './networks.js';
import { Pipeline } from './pipeline.js';
import { DriftWatch } from './drift-watch.js';
import { ProcessorMetrics } from './processor-metrics.js';
import { Shadows } from './shadows.js';

/** Names the checkpoints of the processor. */
export const PROCESSOR_CONSUMER = 'processor';
/** Most records in one batch: what is read late must not wait behind a long one. */
const BATCH_RECORDS = 256;

/** Runs the pipeline over this process's share of the partitions. */
@Injectable()
export class ProcessorService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Processor');
  private readonly abort = new AbortController();
  private readonly metrics: ProcessorMetrics;
  private readonly checkpointer: Checkpointer;
  private networks: Networks | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(METRICS) private readonly registry: Registry,
    health: Health,
  ) {
    this.metrics = new ProcessorMetrics(registry);
    this.checkpointer = new Checkpointer(journal, PROCESSOR_CONSUMER, clock, this.abort.signal);
    health.register('processor', () => this.health());
    for (const task of TASKS)
      health.register(`${task} network`, () => networkHealth(this.networks, task), false);
  }

  async onApplicationBootstrap(): Promise<void> {
    const { metrics } = this;
    this.networks = await Networks.load(
      this.settings.models,
      { observe: (call) => metrics.inference(call) },
      (task) => metrics.notFinite.inc({ task }),
    );
    for (const task of TASKS) {
      const { ok, message } = networkHealth(this.networks, task);
      if (ok) this.logger.log(`${task} network: ${message}`);
      else this.logger.error(message);
    }
    for (const task of TASKS) {
      const [shadow, fault] = [this.networks.shadowOf(task), this.networks.shadowFaultOf(task)];
      if (shadow !== null)
        this.logger.log(`${task} shadow: ${shadow.id.name} ${shadow.id.version}`);
      if (fault !== null) this.logger.error(`${task} shadow: ${fault}`);
    }
    const pipeline = new Pipeline({
      journal: this.journal,
      networks: this.networks,
      clock: this.clock,
      metrics,
      shadows: new Shadows(this.networks, this.registry),
      drift: new DriftWatch(this.networks.metadataOf('heartRate'), this.registry),
      signal: this.abort.signal,
    });
    metrics.watch(
      'vigil_sessions',
      'Devices with state in this processor.',
      () => pipeline.state.sessions,
    );
    metrics.watch(
      'vigil_lanes',
      'Lanes with state in this processor: live and backfill, of each boot.',
      () => pipeline.state.lanes,
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
    await this.checkpointer.finish(() => pipeline.state.takeCheckpoints());
  }

  /** Commits on its own: the next batch does not wait for the disk. */
  private async handle(pipeline: Pipeline, records: JournalRecord[]): Promise<null> {
    await pipeline.process(records);
    this.checkpointer.offer(() => pipeline.state.takeCheckpoints());
    return null;
  }

  private restore(
    pipeline: Pipeline,
    partition: number,
    state: ReadonlyMap<string, Uint8Array>,
  ): 'restored' | 'start-over' {
    try {
      pipeline.state.restore(partition, state);
      return 'restored';
    } catch (error) {
      pipeline.state.startOver(partition, state.keys());
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
      return sum + Math.max(0, next - (pipeline.state.positions.get(partition) ?? oldest));
    }, 0);
  }

  private health(): PartHealth {
    if (this.networks === null)
      return { ok: false, message: 'The processor is loading its models' };
    return { ok: true, message: 'The processor runs' };
  }
}
