import type { AlarmEvent, TrendPoint, VitalSigns } from '@app/contracts';

/**
 * The history of vital signs and alarm events. Writing the same result again changes nothing: a window is identified by
 * device, boot, number and lane, an event by its id. Two adapters hold to one contract suite: InfluxDB and SQLite.
 */
export interface SeriesStore {
  /** For messages: `InfluxDB at http://…`, `SQLite`. Never with a password. */
  readonly description: string;

  /** Makes database and retention policy where they are missing. Rejects while the store is away. */
  prepare(): Promise<void>;

  /** Resolves when the store has them. Rejects with a `SeriesAwayError` when it is worth trying again. */
  writeVitals(vitals: readonly VitalSigns[]): Promise<void>;
  writeEvents(events: readonly AlarmEvent[]): Promise<void>;

  /** Means of buckets, oldest first, computed by the store; buckets without a number have nulls. At most 5,000 buckets. */
  readTrend(query: TrendQuery): Promise<TrendPoint[]>;

  /**
   * Results as stored. Of one boot (device and bootId given): by window, at most `limit` windows, each with the results of
   * both lanes. Otherwise by time, at most `limit` results.
   */
  readWindows(query: WindowsQuery): Promise<VitalSigns[]>;

  /** Results of both lanes by the end of their windows, oldest first, at most `limit`. */
  readSpan(query: SpanQuery): Promise<VitalSigns[]>;

  /** Events by time, newest first, at most `limit`. */
  readEvents(query: EventsQuery): Promise<AlarmEvent[]>;

  /** Rejects when the store does not answer within 2 s. */
  ping(): Promise<void>;

  close(): Promise<void>;
}

export interface TrendQuery {
  patient: string;
  fromMs: number;
  /** Exclusive. */
  toMs: number;
  bucketMs: number;
}

export interface WindowsQuery {
  patient: string;
  device?: string;
  bootId?: string;
  /** With device and bootId: only windows with a greater number, for paging. */
  afterWindow?: number;
  limit: number;
}

export interface SpanQuery {
  patient: string;
  fromMs: number;
  /** Exclusive. */
  toMs: number;
  limit: number;
}

export interface EventsQuery {
  patient: string;
  fromMs: number;
  toMs: number;
  limit: number;
}
