import type { ActivityClass, HistoryResponse, TrendPoint } from '@app/contracts';

/** A trend in columns, as a chart draws it; null is a gap. Times in s since 1970, the middle of each bucket. */
export interface TrendColumns {
  atS: number[];
  highBpm: (number | null)[];
  lowBpm: (number | null)[];
  bpm: (number | null)[];
  activity: (ActivityClass | null)[];
}

/** Every bucket of the range, also those of which the store said nothing: a missing one must not be bridged by a line. */
export function trendColumns(history: HistoryResponse): TrendColumns {
  const { fromMs, toMs, bucketMs } = history;
  const byBucket = new Map<number, TrendPoint>();
  for (const point of history.points) byBucket.set(Math.floor(point.atMs / bucketMs), point);
  const columns: TrendColumns = { atS: [], highBpm: [], lowBpm: [], bpm: [], activity: [] };
  for (let bucket = Math.floor(fromMs / bucketMs); bucket * bucketMs < toMs; bucket++) {
    const point = byBucket.get(bucket);
    // The last one may still be filling: its middle is that of what it has.
    columns.atS.push((bucket * bucketMs + Math.min(toMs, (bucket + 1) * bucketMs)) / 2000);
    columns.bpm.push(point?.bpm ?? null);
    // An interval without its number would look like an answer.
    const hasNumber = point !== undefined && point.bpm !== null;
    columns.highBpm.push(hasNumber ? point.highBpm : null);
    columns.lowBpm.push(hasNumber ? point.lowBpm : null);
    columns.activity.push(point?.activity ?? null);
  }
  return columns;
}

/** Indices of numbers with a gap on either side: a line would not show them. */
export function isolated(values: readonly (number | null)[]): number[] {
  return values.flatMap((value, i) =>
    value !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null
      ? [i]
      : [],
  );
}

/** The vertical extent of the chart, BPM: all that is drawn, with room, and never so narrow that noise looks like news. */
export function extentBpm(values: readonly (number | null)[]): [number, number] {
  const known = values.filter((value) => value !== null);
  const low = Math.min(50, ...known);
  const high = Math.max(110, ...known);
  return [Math.floor((low - 4) / 10) * 10, Math.ceil((high + 4) / 10) * 10];
}

/** Neighbouring buckets of one activity, as one stretch. `from` and `to` in s since 1970. */
export interface ActivityStretch {
  activity: ActivityClass;
  fromS: number;
  toS: number;
}

export function activityStretches(columns: TrendColumns, bucketMs: number): ActivityStretch[] {
  const bucketS = bucketMs / 1000;
  const stretches: ActivityStretch[] = [];
  columns.activity.forEach((activity, i) => {
    const atS = columns.atS[i];
    if (activity === null || atS === undefined) return;
    const fromS = Math.floor(atS / bucketS) * bucketS;
    const last = stretches.at(-1);
    if (last !== undefined && last.activity === activity && columns.activity[i - 1] === activity) {
      last.toS = fromS + bucketS;
    } else {
      stretches.push({ activity, fromS, toS: fromS + bucketS });
    }
  });
  return stretches;
}

/**
 * The chart in a sentence, for who does not see it.
 * @param when `of the last 15 min`, `from 12:03 to 13:03`
 */
export function trendSummary(columns: TrendColumns, when: string): string {
  const known = columns.bpm.filter((bpm) => bpm !== null).map(Math.round);
  if (known.length === 0) return `There is no heart rate ${when}.`;
  const share = Math.round((100 * known.length) / columns.bpm.length);
  return `Heart rate ${when}: ${Math.min(...known)} to ${Math.max(...known)} BPM, last ${known.at(-1)}; a number for ${share} % of the time.`;
}
