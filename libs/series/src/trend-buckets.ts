import type { TrendPoint } from '@app/contracts';
import { SeriesQueryError } from './series-away-error.js';
import type { TrendQuery } from './series-store.js';

/** Most buckets that one trend may have. */
export const MOST_BUCKETS = 5_000;
/** Most rows that one read gives. */
export const MOST_ROWS = 10_000;

/**
 * The starts of a query's buckets: aligned to multiples of `bucketMs` since 1970, so that the same time is always in the
 * same bucket.
 * @throws SeriesQueryError when the range is empty or has more than `MOST_BUCKETS` buckets.
 */
export function bucketStarts({ fromMs, toMs, bucketMs }: TrendQuery): number[] {
  if (!(bucketMs >= 1) || !(toMs > fromMs)) {
    throw new SeriesQueryError(
      'a trend needs a bucket of at least 1 ms and an end after its start',
    );
  }
  const first = Math.floor(fromMs / bucketMs) * bucketMs;
  const count = Math.ceil((toMs - first) / bucketMs);
  if (count > MOST_BUCKETS) {
    throw new SeriesQueryError(
      `a trend has at most ${MOST_BUCKETS} buckets, this one ${count}: ask for larger buckets`,
    );
  }
  return Array.from({ length: count }, (_, i) => first + i * bucketMs);
}

/** One point per bucket: those that the store found, nulls where it found nothing. */
export function fillBuckets(
  starts: readonly number[],
  found: ReadonlyMap<number, TrendPoint>,
): TrendPoint[] {
  return starts.map(
    (atMs) =>
      found.get(atMs) ?? {
        atMs,
        bpm: null,
        lowBpm: null,
        highBpm: null,
        quality: null,
        activity: null,
      },
  );
}

/** @throws SeriesQueryError for a limit that is no count. */
export function boundedLimit(limit: number): number {
  if (!Number.isInteger(limit) || limit < 1)
    throw new SeriesQueryError(`a limit must be a whole number from 1, not ${limit}`);
  return Math.min(limit, MOST_ROWS);
}
