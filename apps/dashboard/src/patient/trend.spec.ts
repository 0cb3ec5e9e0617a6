import { describe, expect, it } from '@jest/globals';
import type { HistoryResponse, TrendPoint } from '@app/contracts';
import { activityStretches, extentBpm, isolated, trendColumns, trendSummary } from './trend.js';

const point = (atMs: number, bpm: number | null, activity: TrendPoint['activity'] = 'rest') => ({
  atMs,
  bpm,
  lowBpm: bpm === null ? 40 : bpm - 3,
  highBpm: bpm === null ? 90 : bpm + 3,
  quality: 1,
  activity,
});

const history = (points: TrendPoint[]): HistoryResponse => ({
  patient: 'W-01',
  origin: 'live',
  fromMs: 100_000,
  toMs: 160_000,
  bucketMs: 10_000,
  points,
  events: [],
});

describe('the trend', () => {
  it('has a gap for buckets without a number and for buckets that are missing', () => {
    const columns = trendColumns(
      history([point(100_000, 70), point(110_000, null), point(140_000, 80)]),
    );
    expect(columns.atS).toEqual([105, 115, 125, 135, 145, 155]);
    expect(columns.bpm).toEqual([70, null, null, null, 80, null]);
    expect(columns.lowBpm).toEqual([67, null, null, null, 77, null]);
    expect(columns.highBpm).toEqual([73, null, null, null, 83, null]);
    expect(isolated(columns.bpm)).toEqual([0, 4]);
    expect(trendSummary(columns, 'of the last 1 min')).toBe(
      'Heart rate of the last 1 min: 70 to 80 BPM, last 80; a number for 33 % of the time.',
    );
  });

  it('puts a bucket that is still filling in the middle of what it has', () => {
    const filling = { ...history([point(150_000, 70)]), toMs: 154_000 };
    expect(trendColumns(filling).atS.at(-1)).toBe(152);
    expect(trendColumns(filling).bpm.at(-1)).toBe(70);
  });

  it('says that there is nothing', () => {
    expect(trendSummary(trendColumns(history([])), 'of the last 1 h')).toBe(
      'There is no heart rate of the last 1 h.',
    );
  });

  it('joins neighbouring activities, not over a gap', () => {
    const columns = trendColumns(
      history([
        point(100_000, 70),
        point(110_000, 70),
        point(130_000, 70),
        point(140_000, 99, 'walking'),
      ]),
    );
    expect(activityStretches(columns, 10_000)).toEqual([
      { activity: 'rest', fromS: 100, toS: 120 },
      { activity: 'rest', fromS: 130, toS: 140 },
      { activity: 'walking', fromS: 140, toS: 150 },
    ]);
  });

  it('keeps a calm extent that holds every value', () => {
    expect(extentBpm([null])).toEqual([40, 120]);
    expect(extentBpm([44, 187])).toEqual([40, 200]);
  });
});
