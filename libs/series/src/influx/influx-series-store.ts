import type { ActivityClass, AlarmEvent, TrendPoint, VitalSigns } from '@app/contracts';
import { type IPoint, type IPoolOptions, InfluxDB } from 'influx';
import { SeriesAwayError } from '../series-away-error.js';
import type {
  EventsQuery,
  SeriesStore,
  SpanQuery,
  TrendQuery,
  WindowsQuery,
} from '../series-store.js';
import { boundedLimit, bucketStarts, fillBuckets } from '../trend-buckets.js';
import { ALARMS, SCHEMA, VITALS, alarmPoint, vitalPoint } from './points.js';

/** Points of one request. */
const WRITE_POINTS = 2_000;
const REQUEST_TIMEOUT_MS = 10_000;
const PING_TIMEOUT_MS = 2_000;
const RETENTION_POLICY = 'vigil';
/** The client would refuse to try again for a while after a failure; who calls this store waits by itself. */
const TRY_ALWAYS: NonNullable<IPoolOptions['backoff']> = {
  getDelay: () => 0,
  next: () => TRY_ALWAYS,
  reset: () => TRY_ALWAYS,
};

interface TrendRow {
  time: { getTime(): number };
  bpm: number | null;
  low: number | null;
  high: number | null;
  quality: number | null;
  activity: ActivityClass | null;
}

/** History in InfluxDB 1.x, or any server of its protocol. */
export class InfluxSeriesStore implements SeriesStore {
  readonly description: string;
  private readonly influx: InfluxDB;
  private readonly database: string;

  /** @param url http://user:password@host:8086/database; the database is `vigil` when the path is empty. */
  constructor(
    url: string,
    private readonly retentionDays: number,
  ) {
    const { protocol, hostname, port, username, password, pathname } = new URL(url);
    this.database = decodeURIComponent(pathname.slice(1)) || 'vigil';
    this.description = `InfluxDB at ${protocol}//${hostname}:${port || 8086}/${this.database}`;
    this.influx = new InfluxDB({
      protocol: protocol === 'https:' ? 'https' : 'http',
      host: hostname,
      port: Number(port || 8086),
      database: this.database,
      ...(username === ''
        ? {}
        : { username: decodeURIComponent(username), password: decodeURIComponent(password) }),
      schema: SCHEMA.map((measurement) => ({ ...measurement })),
      pool: { maxRetries: 0, requestTimeout: REQUEST_TIMEOUT_MS, backoff: TRY_ALWAYS },
    });
  }

  async prepare(): Promise<void> {
    await this.reach(async () => {
      await this.influx.createDatabase(this.database);
      const policy = {
        duration: `${this.retentionDays}d`,
        replication: 1,
        isDefault: true,
        database: this.database,
      };
      const existing = await this.influx.showRetentionPolicies(this.database);
      if (existing.some(({ name }) => name === RETENTION_POLICY)) {
        await this.influx.alterRetentionPolicy(RETENTION_POLICY, policy);
      } else {
        await this.influx.createRetentionPolicy(RETENTION_POLICY, policy);
      }
    });
  }

  writeVitals(vitals: readonly VitalSigns[]): Promise<void> {
    return this.write(vitals.map(vitalPoint));
  }

  writeEvents(events: readonly AlarmEvent[]): Promise<void> {
    return this.write(events.map(alarmPoint));
  }

  async readTrend(query: TrendQuery): Promise<TrendPoint[]> {
    const starts = bucketStarts(query);
    const rows = await this.query<TrendRow>(
      `SELECT mean(bpm) AS bpm, mean(low) AS low, mean(high) AS high, mean(quality) AS quality,
        last(activity) AS activity FROM ${VITALS}
        WHERE patient = $patient AND time >= ${Math.round(query.fromMs)}ms AND time < ${Math.round(query.toMs)}ms
        GROUP BY time(${Math.round(query.bucketMs)}ms) fill(null)`,
      { patient: query.patient },
    );
    const found = rows
      .filter((row) => row.quality !== null)
      .map((row): [number, TrendPoint] => {
        const atMs = row.time.getTime();
        const { bpm, low: lowBpm, high: highBpm, quality, activity } = row;
        return [atMs, { atMs, bpm, lowBpm, highBpm, quality, activity }];
      });
    return fillBuckets(starts, new Map(found));
  }

  async readWindows(query: WindowsQuery): Promise<VitalSigns[]> {
    const { patient, device, bootId: boot, afterWindow: after = -1 } = query;
    const limit = boundedLimit(query.limit);
    if (device === undefined) {
      return this.records(
        `SELECT record FROM ${VITALS} WHERE patient = $patient ORDER BY time ASC LIMIT ${limit}`,
        { patient },
      );
    }
    if (boot === undefined) {
      const ofDevice = `SELECT record FROM ${VITALS} WHERE patient = $patient AND device = $device ORDER BY time ASC LIMIT ${limit}`;
      return this.records(ofDevice, { patient, device });
    }
    // InfluxQL orders by time alone, and time need not rise with the window: so the page is a range of windows.
    const ofBoot = `FROM ${VITALS} WHERE patient = $patient AND device = $device AND boot = $boot AND "window"`;
    const names = { patient, device, boot };
    const [next] = await this.query<{ first: number | null }>(
      `SELECT min("window") AS first ${ofBoot} > ${Math.floor(after)}`,
      names,
    );
    const first = next?.first ?? null;
    if (first === null) return [];
    const page = await this.records<VitalSigns>(
      `SELECT record ${ofBoot} >= ${first} AND "window" < ${first + limit}`,
      names,
    );
    return page.toSorted((a, b) => a.window - b.window || a.lane.localeCompare(b.lane));
  }

  readSpan({ patient, fromMs, toMs, limit }: SpanQuery): Promise<VitalSigns[]> {
    return this.records(
      `SELECT record FROM ${VITALS} WHERE patient = $patient AND time >= ${Math.round(fromMs)}ms
        AND time < ${Math.round(toMs)}ms ORDER BY time ASC LIMIT ${boundedLimit(limit)}`,
      { patient },
    );
  }

  readEvents({ patient, fromMs, toMs, limit }: EventsQuery): Promise<AlarmEvent[]> {
    return this.records(
      `SELECT record FROM ${ALARMS} WHERE patient = $patient AND time >= ${Math.round(fromMs)}ms
        AND time < ${Math.round(toMs)}ms ORDER BY time DESC LIMIT ${boundedLimit(limit)}`,
      { patient },
    );
  }

  async ping(): Promise<void> {
    const hosts = await this.influx.ping(PING_TIMEOUT_MS);
    if (!hosts.some((host) => host.online))
      throw new SeriesAwayError(`${this.description} does not answer`);
  }

  async close(): Promise<void> {}

  private async write(points: IPoint[]): Promise<void> {
    for (let i = 0; i < points.length; i += WRITE_POINTS) {
      await this.reach(() =>
        this.influx.writePoints(points.slice(i, i + WRITE_POINTS), { precision: 'n' }),
      );
    }
  }

  private async records<T>(
    query: string,
    placeholders: Record<string, string | number>,
  ): Promise<T[]> {
    const rows = await this.query<{ record: string }>(query, placeholders);
    return rows.map((row) => JSON.parse(row.record) as T);
  }

  private query<T>(query: string, placeholders: Record<string, string | number>): Promise<T[]> {
    return this.reach(async () => [...(await this.influx.query<T>(query, { placeholders }))]);
  }

  private async reach<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw new SeriesAwayError(`${this.description}: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
}
