import type { ActivityClass, AlarmEvent, TrendPoint, VitalSigns } from '@app/contracts';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { SeriesAwayError } from '../series-away-error.js';
import type {
  EventsQuery,
  SeriesStore,
  SpanQuery,
  TrendQuery,
  WindowsQuery,
} from '../series-store.js';
import { boundedLimit, bucketStarts, fillBuckets } from '../trend-buckets.js';
import {
  READ_BOOT,
  READ_EVENTS,
  READ_SPAN,
  READ_TREND,
  READ_WINDOWS,
  TABLES,
  WRITE_EVENT,
  WRITE_VITAL,
} from './tables.js';

/** How long another process may hold the file, ms. */
const BUSY_TIMEOUT_MS = 2_000;
const DAY_MS = 86_400_000;
/** Old results are deleted when this much newer time has come in, ms. */
const PRUNE_EVERY_MS = 3_600_000;

interface TrendRow {
  at_ms: number;
  bpm: number | null;
  low_bpm: number | null;
  high_bpm: number | null;
  quality: number | null;
  activity: ActivityClass;
}

/** History in one SQLite file: the embedded default. Several processes may have it open. */
export class SqliteSeriesStore implements SeriesStore {
  readonly description = 'SQLite';
  private readonly database: DatabaseSync;
  private prunedMs = Number.NEGATIVE_INFINITY;

  /** @param retentionDays results older than this, by the newest result's time, are deleted. */
  constructor(
    file: string,
    private readonly retentionDays: number,
  ) {
    this.database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    // FULL: the journal's checkpoint says that these results are kept, so they must survive what it survives.
    this.database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${TABLES}`);
  }

  async prepare(): Promise<void> {}

  async writeVitals(vitals: readonly VitalSigns[]): Promise<void> {
    this.transaction(() => {
      const statement = this.database.prepare(WRITE_VITAL);
      for (const vital of vitals) statement.run(...vitalRow(vital));
      this.prune(Math.max(...vitals.map((vital) => vital.endMs)));
    });
  }

  async writeEvents(events: readonly AlarmEvent[]): Promise<void> {
    this.transaction(() => {
      const statement = this.database.prepare(WRITE_EVENT);
      for (const event of events)
        statement.run(event.id, event.patient, event.atMs, JSON.stringify(event));
    });
  }

  async readTrend(query: TrendQuery): Promise<TrendPoint[]> {
    const starts = bucketStarts(query);
    const { patient, fromMs: from, toMs: to, bucketMs: bucket } = query;
    const rows = this.database
      .prepare(READ_TREND)
      .all({ patient, from, to, bucket }) as unknown as TrendRow[];
    const found = rows.map((row): [number, TrendPoint] => [
      row.at_ms,
      {
        atMs: row.at_ms,
        bpm: row.bpm,
        lowBpm: row.low_bpm,
        highBpm: row.high_bpm,
        quality: row.quality,
        activity: row.activity,
      },
    ]);
    return fillBuckets(starts, new Map(found));
  }

  async readWindows(query: WindowsQuery): Promise<VitalSigns[]> {
    const { patient, device = null, bootId: boot } = query;
    const limit = boundedLimit(query.limit);
    if (device === null || boot === undefined) {
      return this.records({ sql: READ_WINDOWS, values: { patient, device, limit } });
    }
    const after = query.afterWindow ?? -1;
    return this.records({ sql: READ_BOOT, values: { patient, device, boot, after, limit } });
  }

  async readSpan({ patient, fromMs: from, toMs: to, limit }: SpanQuery): Promise<VitalSigns[]> {
    return this.records({
      sql: READ_SPAN,
      values: { patient, from, to, limit: boundedLimit(limit) },
    });
  }

  async readEvents({ patient, fromMs: from, toMs: to, limit }: EventsQuery): Promise<AlarmEvent[]> {
    return this.records({
      sql: READ_EVENTS,
      values: { patient, from, to, limit: boundedLimit(limit) },
    });
  }

  async ping(): Promise<void> {
    this.database.prepare('SELECT 1').get();
  }

  async close(): Promise<void> {
    if (this.database.isOpen) this.database.close();
  }

  private records<T>({ sql, values }: { sql: string; values: Record<string, SQLInputValue> }): T[] {
    const rows = this.database.prepare(sql).all(values) as unknown as { record: string }[];
    return rows.map((row) => JSON.parse(row.record) as T);
  }

  private transaction(work: () => void): void {
    try {
      this.database.exec('BEGIN IMMEDIATE');
      try {
        work();
        this.database.exec('COMMIT');
      } catch (error) {
        // A full disk has ended it already.
        if (this.database.isTransaction) this.database.exec('ROLLBACK');
        throw error;
      }
    } catch (error) {
      throw new SeriesAwayError(
        `the history file did not take a write: ${(error as Error).message}`,
        { cause: error },
      );
    }
  }

  private prune(newestMs: number): void {
    if (newestMs - this.prunedMs < PRUNE_EVERY_MS) return;
    this.prunedMs = newestMs;
    const oldestMs = newestMs - this.retentionDays * DAY_MS;
    this.database.prepare('DELETE FROM vitals WHERE end_ms < ?').run(oldestMs);
    this.database.prepare('DELETE FROM events WHERE at_ms < ?').run(oldestMs);
  }
}

function vitalRow(vital: VitalSigns): SQLInputValue[] {
  const { bpm, lowBpm, highBpm } = vital.heartRate;
  const isShown = bpm !== null;
  return [
    vital.device,
    vital.bootId,
    vital.window,
    vital.lane,
    vital.patient,
    vital.endMs,
    bpm,
    isShown ? lowBpm : null,
    isShown ? highBpm : null,
    vital.quality,
    vital.activity.class,
    JSON.stringify(vital),
  ];
}
