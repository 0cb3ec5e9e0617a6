import type { HeartRate, VitalSigns } from '@app/contracts';
import { z } from 'zod';

/** What many answers are made of. */
export const origin = z
  .enum(['live', 'simulated', 'replay'])
  .describe('Where the samples came from; what is not live is marked wherever it is shown.');
export const ms = z.number().describe('ms since 1970, station’s clock');
export const bpm = z.number().nullable();
export const unit = z.number().min(0).max(1);
export const model = z.object({ name: z.string(), version: z.string() });
export const activityClass = z.enum(['rest', 'walking', 'stairs', 'running', 'other', 'unknown']);

export const withheld = z.enum([
  'no-signal',
  'gap',
  'not-worn',
  'acquiring',
  'uncertain',
  'disagreement',
]);

export const heartRate = z.object({
  bpm: bpm.describe('what may be shown; null with the reason in `withheld`'),
  withheld: withheld.nullable(),
  estimateBpm: bpm,
  lowBpm: bpm.describe('90 % interval of the estimate'),
  highBpm: bpm,
  secondOpinionBpm: bpm,
  model,
  lagged: z
    .object({ window: z.int(), bpm: z.number(), lowBpm: z.number(), highBpm: z.number() })
    .nullable()
    .exactOptional()
    .describe('what is believed now of the window 8 s before; for history'),
}) satisfies z.ZodType<HeartRate>;

export const vitalSigns = z.object({
  patient: z.string(),
  origin,
  device: z.string(),
  bootId: z.string(),
  window: z.int().describe('window k covers [2k, 2k + 8] s after the boot’s first sample'),
  lane: z.enum(['live', 'backfill']),
  endMonotonicUs: z.number(),
  endMs: ms,
  latencyMs: z.number(),
  heartRate,
  quality: unit,
  activity: z.object({
    class: activityClass,
    confidence: unit,
    cadencePerMinute: z.number().nullable(),
    model,
    posture: z
      .enum(['sitting', 'standing', 'lying'])
      .nullable()
      .exactOptional()
      .describe('of somebody at rest, from a device at the waist or in a pocket'),
  }),
  fall: z
    .object({
      score: unit.describe('from 0.5 on suspected, from 0.8 on likely; not the chance of a fall'),
      stillSeconds: z.number().describe('without movement at the decision, 0 to 2 s'),
      atMonotonicUs: z.number(),
      model,
    })
    .nullable()
    .exactOptional()
    .describe('absent when falls are not looked for'),
  battery: unit.nullable(),
  worn: z.boolean().nullable(),
  clockErrorMs: z
    .number()
    .nullable()
    .exactOptional()
    .describe('by how much the device’s own wall clock is ahead of the station’s'),
}) satisfies z.ZodType<VitalSigns>;
