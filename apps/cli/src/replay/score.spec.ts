import { describe, expect, it } from '@jest/globals';
import type { HeartRate, VitalSigns } from '@app/contracts';
import { scoredWindows, scoreOf } from './score.js';
import { scoreTable } from './score-table.js';

function vital(
  window: number,
  heartRate: Partial<HeartRate>,
  lane: 'live' | 'backfill' = 'live',
): VitalSigns {
  const model = { name: 'm', version: '1' };
  return {
    patient: 'p',
    origin: 'replay',
    device: 'd',
    bootId: 'b',
    window,
    lane,
    endMonotonicUs: 0,
    endMs: 0,
    latencyMs: 0,
    heartRate: {
      bpm: null,
      withheld: 'uncertain',
      estimateBpm: null,
      lowBpm: null,
      highBpm: null,
      secondOpinionBpm: null,
      model,
      ...heartRate,
    },
    quality: 0.5,
    activity: { class: 'rest', confidence: 1, cadencePerMinute: null, model },
    battery: null,
    worn: null,
  };
}

const shown = (window: number, bpm: number, low = bpm - 2, high = bpm + 2) =>
  vital(window, { bpm, withheld: null, estimateBpm: bpm, lowBpm: low, highBpm: high });
const withheld = (window: number, estimateBpm: number) =>
  vital(window, { estimateBpm, lowBpm: estimateBpm - 20, highBpm: estimateBpm + 20 });

const reference = (...rates: number[]) => rates.map((bpm, window) => ({ window, bpm }));
const score = (rates: number[], results: VitalSigns[]) =>
  scoreOf(scoredWindows(reference(...rates), results));

describe('scoreOf', () => {
  it('measures every window, and the answered ones apart', () => {
    expect(
      score([60, 60, 60, 60], [shown(0, 61), shown(1, 63), withheld(2, 78), withheld(3, 60)]),
    ).toEqual({
      windows: 4,
      withoutResult: 0,
      withoutEstimate: 0,
      maeBpm: 22 / 4,
      laggedMaeBpm: 22 / 4,
      withinTolerance: 3 / 4,
      // 63 ± 2 misses 60; both wide intervals hold it
      intervalCoverage: 3 / 4,
      answered: 2 / 4,
      answeredMaeBpm: 2,
      answeredWithinTolerance: 1,
    });
  });

  it('measures what later results say of a window, and the last windows by their own', () => {
    const lagged = (window: number, of: number, bpm: number) =>
      vital(window, {
        estimateBpm: 66,
        lagged: { window: of, bpm, lowBpm: bpm - 2, highBpm: bpm + 2 },
      });
    const results = [withheld(0, 70), lagged(1, -3, 50), lagged(4, 0, 61), lagged(5, 1, 62)];
    expect(score([60, 60], results)).toMatchObject({
      maeBpm: (10 + 6) / 2,
      laggedMaeBpm: (1 + 2) / 2,
    });
    expect(score([60, 60], results.slice(0, 3)).laggedMaeBpm).toBe((1 + 6) / 2);
  });

  it('counts windows without result or estimate against all shares', () => {
    expect(score([60, 60, 60, 60], [shown(0, 60), vital(1, {})])).toMatchObject({
      windows: 4,
      withoutResult: 2,
      withoutEstimate: 1,
      maeBpm: 0,
      withinTolerance: 1 / 4,
      intervalCoverage: 1 / 4,
      answered: 1 / 4,
    });
  });

  it.each([
    [40, 45, 1],
    [40, 45.1, 0],
    [50, 55, 1],
    [100, 110, 1],
    [100, 110.5, 0],
    [150, 135, 1],
  ])('of %d BPM an estimate of %d is within tolerance: %d', (bpm, estimate, within) => {
    expect(score([bpm], [shown(0, estimate)]).withinTolerance).toBe(within);
  });

  it('takes the live result before the backfilled one, and ignores windows without a reference', () => {
    const results = [
      { ...shown(0, 90), lane: 'backfill' as const },
      shown(0, 60),
      { ...shown(1, 61), lane: 'backfill' as const },
      shown(7, 200),
    ];
    const windows = scoredWindows(reference(60, 60), results);
    expect(windows.map(({ result }) => [result?.lane, result?.bpm])).toEqual([
      ['live', 60],
      ['backfill', 61],
    ]);
  });

  it('has no mean of nothing', () => {
    expect(score([], [])).toMatchObject({
      windows: 0,
      maeBpm: null,
      answeredMaeBpm: null,
      answered: 0,
    });
  });
});

describe('scoreTable', () => {
  it('shows a row per recording, the total, and what is missing', () => {
    const one = score([60, 60], [shown(0, 61)]);
    const lines = scoreTable([{ name: 'spc-1', score: one }], { name: 'total', score: one }).split(
      '\n',
    );
    expect(lines[0]!.split(/ {2,}/)).toEqual([
      'recording',
      'windows',
      'missing',
      'MAE',
      'MAE 8 s',
      'within',
      'covered',
      'answered',
      'MAE answ.',
      'within answ.',
    ]);
    expect(lines[2]!.split(/ {2,}/)).toEqual([
      'spc-1',
      '2',
      '1',
      '1.00',
      '1.00',
      '50.0 %',
      '50.0 %',
      '50.0 %',
      '1.00',
      '100.0 %',
    ]);
    expect(lines[4]).toMatch(/^total/);
  });
});
