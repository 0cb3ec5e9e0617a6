import { describe, expect, it } from '@jest/globals';
import { DEFAULT_WARD_LIMITS, NO_LIMITS, type VitalSigns } from '@app/contracts';
import { LimitsPreviewer } from './preview-limits.js';

const START_MS = 1_790_000_000_000;
const DAY = 43_200;

function result(window: number, bpm: number, changes: Partial<VitalSigns> = {}): VitalSigns {
  return {
    patient: 'p1',
    origin: 'live',
    device: 'watch-1',
    bootId: 'b',
    window,
    lane: 'live',
    endMonotonicUs: (2 * window + 8) * 1e6,
    endMs: START_MS + 2000 * window,
    latencyMs: 20,
    heartRate: {
      bpm,
      withheld: null,
      estimateBpm: bpm,
      lowBpm: bpm - 2,
      highBpm: bpm + 2,
      secondOpinionBpm: bpm,
      model: { name: 'hr', version: '1' },
    },
    quality: 0.9,
    activity: {
      class: 'rest',
      confidence: 0.95,
      cadencePerMinute: null,
      model: { name: 'activity', version: '1' },
    },
    battery: 0.8,
    worn: true,
    ...changes,
  };
}

/** A day at 80, with 10 min at 130 every three hours: eight episodes. */
function dayOf(changes: (window: number) => Partial<VitalSigns> = () => ({})): VitalSigns[] {
  return Array.from({ length: DAY }, (_, window) => {
    const isFast = window % 5400 >= 2000 && window % 5400 < 2300;
    return result(window, isFast ? 130 : 80, changes(window));
  });
}

function preview(vitals: readonly VitalSigns[], limits = DEFAULT_WARD_LIMITS) {
  const previewer = new LimitsPreviewer('p1', limits);
  for (let from = 0; from < vitals.length; from += 2000)
    previewer.take(vitals.slice(from, from + 2000));
  const { monitoredMinutes, rules } = previewer.finish();
  const byRule = Object.fromEntries(rules.map(({ rule, ...rest }) => [rule, rest]));
  return { monitoredMinutes, byRule };
}

describe('what limits would have meant', () => {
  it('counts episodes and their minutes by rule', () => {
    const { monitoredMinutes, byRule } = preview(dayOf());
    expect(monitoredMinutes).toBe(1440);
    expect(byRule).toMatchObject({
      'heart-rate-high': { alarms: 8 },
      'heart-rate-extreme-high': { alarms: 0, minutes: 0 },
      'heart-rate-low': { alarms: 0, minutes: 0 },
      'heart-rate-extreme-low': { alarms: 0, minutes: 0 },
    });
    // raised 10 s late, ended 10 s late
    expect(byRule['heart-rate-high']?.minutes).toBeCloseTo(80, -0.5);
  });

  it('follows the limits that are asked about', () => {
    const above = { ...DEFAULT_WARD_LIMITS, heartRateHighBpm: 135 };
    expect(preview(dayOf(), above).byRule['heart-rate-high']).toEqual({ alarms: 0, minutes: 0 });
    const extreme = { ...DEFAULT_WARD_LIMITS, heartRateExtremeHighBpm: 125 };
    expect(preview(dayOf(), extreme).byRule).toMatchObject({
      'heart-rate-extreme-high': { alarms: 8 },
      'heart-rate-high': { alarms: 0 },
    });
    expect(preview(dayOf(), NO_LIMITS).byRule['heart-rate-high']).toEqual({
      alarms: 0,
      minutes: 0,
    });
  });

  it('takes whatever device the patient wore, and nothing that came late', () => {
    const two = dayOf((window) => (window < DAY / 2 ? { device: 'watch-0', bootId: 'a' } : {}));
    expect(preview(two).byRule['heart-rate-high']).toMatchObject({ alarms: 8 });
    const late = preview(dayOf(() => ({ lane: 'backfill' })));
    expect(late).toMatchObject({
      monitoredMinutes: 0,
      byRule: { 'heart-rate-high': { alarms: 0 } },
    });
  });

  it('passes over long silences', () => {
    const gaps = dayOf().filter(({ window }) => window % 5400 < 2600);
    expect(preview(gaps).byRule['heart-rate-high']).toMatchObject({ alarms: 8 });
  });
});
