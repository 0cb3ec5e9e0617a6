import { InfluxSeriesStore } from './influx/influx-series-store.js';
import type { SeriesStore } from './series-store.js';
import { SqliteSeriesStore } from './sqlite/sqlite-series-store.js';

export type SeriesOptions = { retentionDays: number } & (
  { kind: 'sqlite'; file: string } | { kind: 'influx'; url: string }
);

export function openSeriesStore(options: SeriesOptions): SeriesStore {
  return options.kind === 'sqlite'
    ? new SqliteSeriesStore(options.file, options.retentionDays)
    : new InfluxSeriesStore(options.url, options.retentionDays);
}
