import { Inject, Injectable, Logger } from '@nestjs/common';
import { type HealthRecord, encodeRecord } from '@app/contracts';
import type { Journal } from '@app/journal';
import type { Clock } from '../../platform/clock.js';
import { CLOCK, JOURNAL } from '../../platform/tokens.js';
import { ReportLimit } from '../../platform/report-limit.js';
import { writeTrouble } from '../../platform/write-trouble.js';

/** What is said is said again after this time, ms: the alarm machine takes longer silence for a trouble of its own. */
const AGAIN_MS = 30_000;
const REPORT_EVERY_MS = 10_000;

/** Says into `ward`, for the alarm machine, how a part of the station is: when that changes, and every half minute. */
@Injectable()
export class HealthWords {
  private readonly logger = new Logger('Gateway');
  private readonly reports = new ReportLimit<'word'>(REPORT_EVERY_MS);
  private readonly said = new Map<string, { ok: boolean; atMs: number }>();

  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What cannot be said now is said with the next call. Never rejects. */
  async say(word: Pick<HealthRecord, 'part' | 'ward' | 'ok' | 'message'>): Promise<void> {
    const { part, ward, ok } = word;
    const name = `${part}/${ward ?? ''}`;
    const atMs = Math.round(this.clock.nowMs());
    const before = this.said.get(name);
    if (before?.ok === ok && atMs - before.atMs < AGAIN_MS) return;
    // at once, so that a slow journal is not told twice
    this.said.set(name, { ok, atMs });
    try {
      const value = encodeRecord({ type: 'health', ...word, atMs });
      await this.journal.append('ward', [{ key: `health-${part}`, value }]);
    } catch (error) {
      if (before === undefined) this.said.delete(name);
      else this.said.set(name, before);
      if (this.reports.note('word', atMs) !== null)
        this.logger.warn(`how ${name} is could not be recorded: ${writeTrouble(error)}`);
    }
  }
}
