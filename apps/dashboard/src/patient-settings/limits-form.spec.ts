import { describe, expect, it } from '@jest/globals';
import { type AlarmLimits, NO_LIMITS } from '@app/contracts';
import { LIMIT_FIELDS, limitsForm, limitsOf, limitsWords, sameLimits } from './limits-form.js';

const limits: AlarmLimits = {
  heartRateHighBpm: 120,
  heartRateLowBpm: 45,
  heartRateExtremeHighBpm: 140,
  heartRateExtremeLowBpm: 35,
  walkingHighBpm: 130,
  runningHighBpm: null,
};
const problems = (changes: Partial<Record<keyof AlarmLimits, string>>) => {
  const read = limitsOf({ ...limitsForm(limits), ...changes });
  return read.ok ? {} : read.problems;
};

describe('limits as they are typed', () => {
  it('are read as they were shown', () => {
    expect(limitsOf(limitsForm(limits))).toEqual({ ok: true, limits });
    expect(limitsOf(limitsForm(NO_LIMITS))).toEqual({ ok: true, limits: NO_LIMITS });
  });

  it('have a field each', () => {
    expect(LIMIT_FIELDS.map(({ name }) => name).toSorted()).toEqual(
      Object.keys(NO_LIMITS).toSorted(),
    );
  });

  it.each([
    [{ heartRateHighBpm: 'many' }, { heartRateHighBpm: 'Must be a number, or empty for off' }],
    [{ heartRateHighBpm: '120.5' }, { heartRateHighBpm: 'Must be a whole number' }],
    [{ runningHighBpm: '221' }, { runningHighBpm: 'Must be at most 220 BPM' }],
    [{ heartRateExtremeLowBpm: '29' }, { heartRateExtremeLowBpm: 'Must be at least 30 BPM' }],
  ])('are wrong by themselves: %j', (changes, expected) => {
    expect(problems(changes)).toEqual(expected);
  });

  it('are wrong beside one another, in the words of the form', () => {
    expect(problems({ heartRateLowBpm: '125' })).toEqual({
      heartRateLowBpm: '125 must be below “High” 120',
    });
    expect(problems({ heartRateExtremeHighBpm: '110', walkingHighBpm: '' })).toEqual({
      heartRateHighBpm: '120 must be below “Extremely high” 110',
    });
  });

  it('are told in one line', () => {
    expect(limitsWords(limits)).toBe('45–120, extremes 35–140, walking up to 130 BPM');
    expect(limitsWords(NO_LIMITS)).toBe('off');
    expect(limitsWords({ ...NO_LIMITS, heartRateHighBpm: 120 })).toBe('up to 120 BPM');
    expect(limitsWords({ ...NO_LIMITS, heartRateLowBpm: 45 })).toBe('from 45 BPM');
  });

  it('are compared by value', () => {
    expect(sameLimits(limits, { ...limits })).toBe(true);
    expect(sameLimits(limits, { ...limits, runningHighBpm: 150 })).toBe(false);
  });
});
