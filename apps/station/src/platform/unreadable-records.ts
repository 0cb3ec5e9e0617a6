import type { JournalRecord } from '@app/journal';
import { Logger } from '@nestjs/common';
import { Counter, type Registry } from 'prom-client';
import { ReportLimit } from './report-limit.js';

const NAME = 'vigil_records_unreadable_total';
/** Least time between two lines of the log, ms: one version's records may all be strange to another. */
const REPORT_EVERY_MS = 10_000;

/** Records that this version cannot read: one follower skips them, counts them and says so. They stay in the journal. */
export class UnreadableRecords {
  private readonly logger = new Logger('Journal');
  private readonly limit = new ReportLimit<string>(REPORT_EVERY_MS);
  private readonly counter: Counter;

  /** @param follower who reads; a label of the counter, which all followers of a process share. */
  constructor(
    registry: Registry,
    private readonly follower: string,
  ) {
    this.counter =
      (registry.getSingleMetric(NAME) as Counter | undefined) ??
      new Counter({
        name: NAME,
        help: 'Records of the journal that a follower could not decode and has skipped.',
        labelNames: ['stream', 'follower'],
        registers: [registry],
      });
  }

  /** What a record says; null when it cannot be read. */
  decode<T>(record: JournalRecord, decode: (value: Uint8Array) => T): T | null {
    try {
      return decode(record.value);
    } catch (error) {
      const { stream, partition, offset } = record;
      this.counter.inc({ stream, follower: this.follower });
      const count = this.limit.note(stream, performance.now());
      if (count !== null) {
        this.logger.error(
          `${this.follower}: ${stream}, partition ${partition}, offset ${offset} cannot be read and is skipped` +
            `${count === 1 ? '' : ` (${count} since the last such line)`}: ${String(error)}`,
        );
      }
      return null;
    }
  }
}
