import { NAME_PATTERN } from '@app/contracts';
import { z } from 'zod';
import { GATEWAY_LIMITS } from '../gateway-limits.js';

/** A point in time: ms since 1970, or ISO 8601 with its zone. */
export const time = z
  .string()
  .transform((text) => (/^\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : isoMs(text)))
  .pipe(z.number('must be ms since 1970 or ISO 8601 with its zone, as 2026-01-31T08:00:00Z'));

export const count = (max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(1).max(max));

const name = z
  .string()
  .regex(NAME_PATTERN, 'must be 1 to 36 letters, digits, dots, dashes or underscores');

export const patientSchema = name;

export const historySchema = z.strictObject({
  from: time.optional(),
  to: time.optional(),
  bucket: count(86_400_000).optional(),
});

export const windowsSchema = z
  .strictObject({
    device: name.optional(),
    bootId: name.optional(),
    afterWindow: z
      .string()
      .regex(/^-?\d{1,15}$/, 'must be a whole number')
      .transform(Number)
      .optional(),
    limit: count(GATEWAY_LIMITS.windowsPage).optional(),
  })
  .refine(
    ({ device, bootId, afterWindow }) =>
      afterWindow === undefined || (device !== undefined && bootId !== undefined),
    'afterWindow needs device and bootId: windows are counted per boot',
  );

export const waveformSchema = z.strictObject({ from: time, to: time });

export const explanationSchema = z.strictObject({
  device: name,
  bootId: name,
  window: z
    .string()
    .regex(/^\d{1,15}$/, 'must be a whole number')
    .transform(Number),
  lane: z.enum(['live', 'backfill']).optional(),
});

export interface HistoryRange {
  fromMs: number;
  toMs: number;
  bucketMs: number;
}

/** The last hour when nothing is said, in about 500 buckets. @returns a sentence when the range cannot be answered. */
export function historyRange(
  query: z.output<typeof historySchema>,
  nowMs: number,
): HistoryRange | string {
  const toMs = query.to ?? Math.ceil(nowMs);
  const fromMs = query.from ?? toMs - 3_600_000;
  const rangeMs = toMs - fromMs;
  if (rangeMs <= 0) return 'from must be before to';
  if (rangeMs > GATEWAY_LIMITS.historyRangeMs) return 'from and to are more than 366 days apart';
  const { bucketMinMs, historyBuckets } = GATEWAY_LIMITS;
  const bucketMs = query.bucket ?? Math.max(bucketMinMs, Math.ceil(rangeMs / 500));
  if (bucketMs < bucketMinMs) return `bucket must be at least ${bucketMinMs} ms`;
  if (rangeMs / bucketMs > historyBuckets) {
    return `that is more than ${historyBuckets} buckets: a bucket of at least ${Math.ceil(rangeMs / historyBuckets)} ms fits`;
  }
  return { fromMs, toMs, bucketMs };
}

function isoMs(text: string): number | undefined {
  const isIso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const atMs = isIso ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : atMs;
}
