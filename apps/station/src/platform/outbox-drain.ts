import type { Journal } from '@app/journal';
import { type Outbox, drainOutbox } from '@app/registry';
import { Logger } from '@nestjs/common';
import type { Clock } from './clock.js';
import type { PartHealth } from './health.js';
import { ReportLimit } from './report-limit.js';
import { writeTrouble } from './write-trouble.js';

/** Least time between two log lines about changes that could not be recorded, ms. */
const REPORT_EVERY_MS = 10_000;

/** Brings the registry's changes into `ward`. While the journal takes nothing they wait in the registry, and that is said. */
export class OutboxDrain {
  private readonly logger = new Logger('Registry');
  private readonly reports = new ReportLimit<'drain'>(REPORT_EVERY_MS);
  private running: Promise<void> | null = null;
  private again: Promise<void> | null = null;
  /** Since when changes wait, and why; null while there are none. */
  private trouble: { sinceMs: number; message: string } | null = null;

  constructor(
    private readonly registry: { outbox: Pick<Outbox, 'peek' | 'remove'> },
    private readonly journal: Pick<Journal, 'append' | 'partitions'>,
    private readonly clock: Clock,
  ) {}

  /** Resolves when every change made before the call is durable in the journal, or could not be made so. Never rejects. */
  run(): Promise<void> {
    if (this.running === null) {
      this.running = this.drain().finally(() => {
        this.running = null;
      });
      return this.running;
    }
    // the run that goes on may have looked before this change was there: one more serves all who wait
    this.again ??= this.running.then(() => {
      this.again = null;
      return this.run();
    });
    return this.again;
  }

  /** Resolves when nothing runs any more. */
  async idle(): Promise<void> {
    while (this.running !== null || this.again !== null) await (this.again ?? this.running);
  }

  health(): PartHealth {
    if (this.trouble === null) return { ok: true, message: 'changes of the registry are recorded' };
    const seconds = Math.round((this.clock.nowMs() - this.trouble.sinceMs) / 1000);
    return {
      ok: false,
      message: `changes of the registry wait for ${seconds} s to be shown: ${this.trouble.message}`,
    };
  }

  private async drain(): Promise<void> {
    try {
      await drainOutbox(this.registry, this.journal);
      if (this.trouble !== null) this.logger.log('changes of the registry are recorded again');
      this.trouble = null;
    } catch (error) {
      const message = writeTrouble(error);
      this.trouble = { sinceMs: this.trouble?.sinceMs ?? this.clock.nowMs(), message };
      if (this.reports.note('drain', this.clock.nowMs()) !== null)
        this.logger.error(`changes of the registry cannot be recorded and wait: ${message}`);
    }
  }
}
