import { type AlarmLimits, LIMIT_RANGE_BPM, NO_LIMITS } from '@app/contracts';
import type { Settings } from '../settings.js';

/** Beyond these a heart rate is of high priority, unless the settings ask for limits that are as far out. */
const EXTREME_HIGH_BPM = 140;
const EXTREME_LOW_BPM = 35;
/** How far beyond such a limit the extreme one then lies, BPM. */
const BEYOND_HIGH_BPM = 20;
const BEYOND_LOW_BPM = 10;

/** The limits of a new ward, as the settings say. */
export function newWardLimits({
  heartRateHigh: high,
  heartRateLow: low,
}: Pick<Settings, 'heartRateHigh' | 'heartRateLow'>): AlarmLimits {
  const extremeHigh = high < EXTREME_HIGH_BPM ? EXTREME_HIGH_BPM : high + BEYOND_HIGH_BPM;
  const extremeLow = low > EXTREME_LOW_BPM ? EXTREME_LOW_BPM : low - BEYOND_LOW_BPM;
  return {
    ...NO_LIMITS,
    heartRateHighBpm: high,
    heartRateLowBpm: low,
    heartRateExtremeHighBpm: extremeHigh > LIMIT_RANGE_BPM.most ? null : extremeHigh,
    heartRateExtremeLowBpm: extremeLow < LIMIT_RANGE_BPM.least ? null : extremeLow,
  };
}
