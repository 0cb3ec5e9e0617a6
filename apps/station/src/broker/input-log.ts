import { encodeInput, type InputRecord } from '@app/contracts';
import type { Journal } from '@app/journal';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Clock } from '../platform/clock.js';
import { Health } from '../platform/health.js';
import { CLOCK, JOURNAL } from '../platform/tokens.js';
import { writeTrouble } from '../platform/write-trouble.js';
import { BrokerMetrics } from './broker-metrics.js';
import { BROKER_LIMITS } from './limits.js';
import { ReportLimit } from '../platform/report-limit.js';

/** Appends inputs to the journal's `frames` stream, and says through `Health` when the journal does not take them. */
@Injectable()
export class InputLog {
  private readonly logger = new Logger('Broker');
  private readonly logged = new ReportLimit<string>(BROKER_LIMITS.reportIntervalMs);
  /** Since when the journal has taken nothing, and why; null while it does. */
  private failing: { sinceMs: number; why: string } | null = null;

  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly metrics: BrokerMetrics,
    health: Health,
  ) {
    health.register('journal writes', () =>
      this.failing === null
        ? { ok: true, message: 'inputs are durable' }
        : {
            ok: false,
            message: `The journal has taken no input for ${Math.round((this.clock.nowMs() - this.failing.sinceMs) / 1000)} s: ${this.failing.why}; nothing is acknowledged`,
          },
    );
  }

  /** Resolves when the record is durable. Rejects when it is not, and never will be. */
  async append(device: string, record: InputRecord): Promise<void> {
    const startMs = this.clock.nowMs();
    try {
      await this.journal.append('frames', [{ key: device, value: encodeInput(record) }]);
      this.succeeded();
    } catch (error) {
      this.failed(error);
      throw error;
    }
    this.metrics.appendSeconds.observe((this.clock.nowMs() - startMs) / 1000);
  }

  succeeded(): void {
    if (this.failing === null) return;
    this.logger.log('the journal takes inputs again');
    this.failing = null;
  }

  failed(error: unknown): void {
    const nowMs = this.clock.nowMs();
    const why = writeTrouble(error);
    this.failing = { sinceMs: this.failing?.sinceMs ?? nowMs, why };
    this.metrics.appendFailures.inc();
    const count = this.logged.note('append', nowMs);
    if (count !== null)
      this.logger.error(
        `the journal took no input${count === 1 ? '' : ` (${count} times since the last such line)`}: ${why}`,
      );
  }
}
