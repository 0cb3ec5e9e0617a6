import { z } from 'zod';

/** Lowest and highest limit that can be set, BPM: what the heart-rate bins can show. */
export const LIMIT_RANGE_BPM = { least: 30, most: 220 } as const;

/** Heart-rate limits of one patient, BPM; null switches a limit off. */
export interface AlarmLimits {
  heartRateHighBpm: number | null;
  heartRateLowBpm: number | null;
  /** Beyond these the alarm is of high priority, whatever the patient does. */
  heartRateExtremeHighBpm: number | null;
  heartRateExtremeLowBpm: number | null;
  /** In place of `heartRateHighBpm` while walking (stairs too) or running; null where activity changes nothing. */
  walkingHighBpm: number | null;
  runningHighBpm: number | null;
}

export const NO_LIMITS: AlarmLimits = {
  heartRateHighBpm: null,
  heartRateLowBpm: null,
  heartRateExtremeHighBpm: null,
  heartRateExtremeLowBpm: null,
  walkingHighBpm: null,
  runningHighBpm: null,
};

/** Of the first ward of a new registry, until somebody sets others. */
export const DEFAULT_WARD_LIMITS: AlarmLimits = {
  ...NO_LIMITS,
  heartRateHighBpm: 120,
  heartRateLowBpm: 45,
  heartRateExtremeHighBpm: 140,
  heartRateExtremeLowBpm: 35,
};

const limit = z
  .number()
  .int('must be a whole number')
  .min(LIMIT_RANGE_BPM.least, `must be at least ${LIMIT_RANGE_BPM.least} BPM`)
  .max(LIMIT_RANGE_BPM.most, `must be at most ${LIMIT_RANGE_BPM.most} BPM`)
  .nullable();

/** Limits as a person may set them. */
export const alarmLimitsSchema = z
  .strictObject({
    heartRateHighBpm: limit,
    heartRateLowBpm: limit,
    heartRateExtremeHighBpm: limit,
    heartRateExtremeLowBpm: limit,
    walkingHighBpm: limit,
    runningHighBpm: limit,
  })
  .superRefine((limits, context) => {
    for (const [below, above] of ORDERED) {
      const [low, high] = [limits[below], limits[above]];
      if (low === null || high === null || low < high) continue;
      context.addIssue({
        code: 'custom',
        path: [below],
        message: `${low} must be below ${above} ${high}`,
      });
    }
  });

const ORDERED = [
  ['heartRateExtremeLowBpm', 'heartRateLowBpm'],
  ['heartRateLowBpm', 'heartRateHighBpm'],
  ['heartRateHighBpm', 'heartRateExtremeHighBpm'],
  ['walkingHighBpm', 'heartRateExtremeHighBpm'],
  ['runningHighBpm', 'heartRateExtremeHighBpm'],
  ['heartRateHighBpm', 'walkingHighBpm'],
  ['heartRateHighBpm', 'runningHighBpm'],
] as const satisfies readonly (readonly [keyof AlarmLimits, keyof AlarmLimits])[];

/** Limits of a record that an earlier version wrote: what it did not know is off. */
export function completeLimits(limits: Partial<AlarmLimits>): AlarmLimits {
  return { ...NO_LIMITS, ...limits };
}
