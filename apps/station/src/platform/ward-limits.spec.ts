import { describe, expect, it } from '@jest/globals';
import { alarmLimitsSchema } from '@app/contracts';
import { newWardLimits } from './ward-limits.js';

describe('newWardLimits', () => {
  it.each([
    // high, low, extreme high, extreme low
    [120, 45, 140, 35],
    [139, 36, 140, 35],
    [140, 35, 160, null],
    [150, 40, 170, 35],
    [201, 30, null, null],
    [220, 30, null, null],
    [60, 50, 140, 35],
  ])('%d and %d: extremes %s and %s', (heartRateHigh, heartRateLow, extremeHigh, extremeLow) => {
    const limits = newWardLimits({ heartRateHigh, heartRateLow });
    expect(limits).toMatchObject({
      heartRateHighBpm: heartRateHigh,
      heartRateLowBpm: heartRateLow,
      heartRateExtremeHighBpm: extremeHigh,
      heartRateExtremeLowBpm: extremeLow,
    });
    expect(alarmLimitsSchema.safeParse(limits).success).toBe(true);
  });
});
