import type { Admission, AlarmLimits, WornDevice } from '@app/contracts';
import { z } from 'zod';
import { bpm, ms } from './vital-signs-schema.js';

export const bodyPosition = z.enum([
  'unspecified',
  'wrist',
  'finger',
  'upper-arm',
  'chest',
  'waist',
  'pocket',
  'ear',
]) satisfies z.ZodType<WornDevice['position']>;

export const monitoringMode = z
  .enum(['continuous', 'spot'])
  .describe('continuous: silence is a fault; spot: a short check now and then') satisfies z.ZodType<
  WornDevice['mode']
>;

export const alarmLimits = z.object({
  heartRateHighBpm: bpm,
  heartRateLowBpm: bpm,
  heartRateExtremeHighBpm: bpm.describe('beyond it the alarm is of high priority'),
  heartRateExtremeLowBpm: bpm,
  walkingHighBpm: bpm.describe('in place of heartRateHighBpm while walking'),
  runningHighBpm: bpm,
}) satisfies z.ZodType<AlarmLimits>;

const wornDevice = z.object({
  device: z.string(),
  position: bodyPosition,
  mode: monitoringMode,
  sinceMs: ms.describe('from which sample on, ms since 1970, station’s clock'),
}) satisfies z.ZodType<WornDevice>;

export const admission = z.object({
  ward: z.string(),
  bed: z.string().nullable(),
  label: z.string().describe('what the ward chose to see on a wall; no name'),
  admittedMs: ms,
  offWard: z
    .object({ reason: z.string(), sinceMs: ms })
    .nullable()
    .describe('at X-ray, in the shower; ends by hand or after 3 minutes of good signal'),
  devices: z.array(wornDevice),
}) satisfies z.ZodType<Admission>;
