import { describe, expect, it } from '@jest/globals';
import { historyRange, historySchema, waveformSchema } from './queries.js';

const HOUR_MS = 3_600_000;

describe('historyRange', () => {
  it('is the last hour in about 500 buckets when nothing is said', () => {
    expect(historyRange({}, 10 * HOUR_MS)).toEqual({
      fromMs: 9 * HOUR_MS,
      toMs: 10 * HOUR_MS,
      bucketMs: 7200,
    });
  });

  it('has no bucket shorter than the distance of windows', () => {
    expect(historyRange({ from: 0, to: 60_000 }, 0)).toMatchObject({ bucketMs: 2000 });
  });

  it('allows exactly 5,000 buckets', () => {
    expect(historyRange({ from: 0, to: 10_000_000, bucket: 2000 }, 0)).toMatchObject({
      bucketMs: 2000,
    });
    expect(historyRange({ from: 0, to: 10_002_000, bucket: 2000 }, 0)).toMatch(
      /more than 5000 buckets/,
    );
  });
});

describe('times', () => {
  it.each([
    ['1790000000000', 1_790_000_000_000],
    ['1790000000000.5', 1_790_000_000_000.5],
    ['1970-01-01T00:00:01Z', 1000],
    ['1970-01-01T01:00:01.250+01:00', 1250],
  ])('%s', (text, ms) => {
    expect(historySchema.parse({ from: text })).toEqual({ from: ms });
  });

  it.each(['', 'now', '1970-01-01', '1970-01-01T00:00:01', '-5', '1e3', '1970-13-01T00:00:00Z'])(
    'not %j',
    (text) => {
      expect(waveformSchema.safeParse({ from: text, to: '0' }).success).toBe(false);
    },
  );
});
