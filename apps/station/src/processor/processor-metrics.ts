import type { InferenceCall } from '@app/inference';
import type { Lane, VitalSigns } from '@app/contracts';
import type { Gap } from '@app/stream';
import { Logger } from '@nestjs/common';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { UnreadableRecords } from '../platform/unreadable-records.js';

/** What the processor counts and times. */
export class ProcessorMetrics {
  readonly duplicates: Counter;
  readonly late: Counter<'lane'>;
  readonly unplaced: Counter<'reason'>;
  readonly unreadable: UnreadableRecords;
  private readonly failures: Counter;
  readonly notFinite: Counter<'task'>;
  readonly full: Counter<'memory'>;
  private readonly gaps: Counter<'lane' | 'length'>;
  private readonly windows: Counter<'lane' | 'withheld'>;
  private readonly batchRows: Histogram<'model'>;
  private readonly inferenceSeconds: Histogram<'model'>;
  private readonly latency: Histogram;

  private readonly logger = new Logger('Processor');

  constructor(private readonly registry: Registry) {
    const registers = [registry];
    this.duplicates = new Counter({
      name: 'vigil_frames_duplicate_total',
      help: 'Frames that had come before and were dropped.',
      registers,
    });
    this.late = new Counter({
      name: 'vigil_frames_late_total',
      help: 'Frames behind the watermark: of the live lane (they go to the backfill lane) or of the backfill lane (dropped).',
      labelNames: ['lane'],
      registers,
    });
    this.unplaced = new Counter({
      name: 'vigil_frames_unplaced_total',
      help: 'Frames that cannot be placed in time: kept in the journal, scored for nobody.',
      labelNames: ['reason'],
      registers,
    });
    this.unreadable = new UnreadableRecords(registry, 'processor');
    this.failures = new Counter({
      name: 'vigil_session_failures_total',
      help: 'Sessions that failed on a frame and were begun anew.',
      registers,
    });
    this.notFinite = new Counter({
      name: 'vigil_network_not_finite_total',
      help: 'Answers of a network that were not finite and were not used.',
      labelNames: ['task'],
      registers,
    });
    this.full = new Counter({
      name: 'vigil_session_memory_full_total',
      help: 'Times that a bounded memory of a session was full: the oldest frame went on early, the lowest numbers were given up.',
      labelNames: ['memory'],
      registers,
    });
    this.gaps = new Counter({
      name: 'vigil_gaps_total',
      help: 'Gaps between frames; a long one lets a lane begin anew.',
      labelNames: ['lane', 'length'],
      registers,
    });
    this.windows = new Counter({
      name: 'vigil_windows_total',
      help: 'Windows answered, by lane and by the reason why there is no number.',
      labelNames: ['lane', 'withheld'],
      registers,
    });
    this.batchRows = new Histogram({
      name: 'vigil_batch_rows',
      help: 'Windows that shared one call of a network.',
      labelNames: ['model'],
      buckets: [1, 2, 4, 8, 16, 32, 64],
      registers,
    });
    this.inferenceSeconds = new Histogram({
      name: 'vigil_inference_seconds',
      help: 'Duration of one call of a network.',
      labelNames: ['model'],
      buckets: [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1],
      registers,
    });
    this.latency = new Histogram({
      name: 'vigil_result_latency_seconds',
      help: 'From the arrival of the last sample of a live window to its result.',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    });
  }

  gap(lane: Lane, gap: Gap): void {
    this.gaps.inc({ lane, length: gap.long ? 'long' : 'short' });
  }

  answered({ lane, heartRate, latencyMs }: VitalSigns): void {
    this.windows.inc({ lane, withheld: heartRate.withheld ?? 'none' });
    if (lane === 'live') this.latency.observe(latencyMs / 1000);
  }

  /** A session failed and begins anew. */
  failed(what: string, error: unknown): void {
    this.failures.inc();
    this.logger.error(
      `${what}: failed, and its device begins anew: ${error instanceof Error ? error.stack : String(error)}`,
    );
  }

  inference({ model: { name, version }, rows, milliseconds }: InferenceCall): void {
    const model = `${name}/${version}`;
    this.batchRows.observe({ model }, rows);
    this.inferenceSeconds.observe({ model }, milliseconds / 1000);
  }

  /** What is only looked at when somebody asks. */
  watch(name: string, help: string, read: () => number | Promise<number>): Gauge {
    return new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        this.set(await read());
      },
    });
  }
}
