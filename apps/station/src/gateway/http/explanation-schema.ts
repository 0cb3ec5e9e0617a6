import type {
  Effect,
  ExplainedPart,
  ExplanationResponse,
  HeartRateExplanation,
  HidablePart,
  RateDistribution,
} from '@app/contracts';
import { z } from 'zod';
import { heartRate, model, ms, origin, vitalSigns } from './vital-signs-schema.js';

const signal = z.enum(['light', 'acceleration']);

const part = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('slice'),
    signal,
    fromS: z.number().describe('s since the window’s start'),
    toS: z.number(),
  }),
  z.object({
    kind: z.literal('band'),
    signal,
    fromPerMinute: z.number(),
    toPerMinute: z.number(),
    centrePerMinute: z.number(),
    around: z.array(
      z.enum(['pulse', 'twice-pulse', 'cadence', 'twice-cadence', 'half-cadence', 'other']),
    ),
  }),
  z.object({ kind: z.literal('movement') }),
  z.object({ kind: z.literal('earlier-windows') }),
]) satisfies z.ZodType<HidablePart>;

const effect = z.object({
  bpm: z.number().describe('the answer without the part'),
  shiftBpm: z.number().describe('less the answer with it'),
  probabilityDrop: z
    .number()
    .min(-1)
    .max(1)
    .describe('by how much the answered bin loses probability'),
}) satisfies z.ZodType<Effect>;

const distribution = z.object({
  probabilities: z.array(z.number()).describe('over `bins`'),
  bpm: z.number().describe('median'),
  lowBpm: z.number().describe('90 % interval'),
  highBpm: z.number(),
}) satisfies z.ZodType<RateDistribution>;

const amplitudes = z.array(z.number());

const explanation = z.object({
  bins: z.array(z.number()).describe('rates per minute'),
  spectra: z
    .object({
      light: amplitudes,
      residual: amplitudes.describe('the light with movement regressed out'),
      acceleration: amplitudes.nullable(),
    })
    .describe('relative amplitudes over `bins`; 1 is a spectrum’s root mean square'),
  answeredBpm: z.number().describe('most probable bin of the result'),
  cadence: z.object({ perMinute: z.number(), from: z.enum(['steps', 'spectrum']) }).nullable(),
  prior: distribution.describe('believed before the window'),
  network: distribution.describe('said by the window alone'),
  result: distribution,
  parts: z
    .array(z.object({ part, result: effect, network: effect }) satisfies z.ZodType<ExplainedPart>)
    .describe('what moves the result most comes first'),
}) satisfies z.ZodType<HeartRateExplanation>;

export const explanationResponse = z.object({
  patient: z.string(),
  origin,
  device: z.string(),
  bootId: z.string(),
  window: z.int(),
  lane: z.enum(['live', 'backfill']),
  endMs: ms,
  served: vitalSigns.describe('the result as it was stored and shown'),
  recomputed: heartRate.describe('the result as computed again from the journal'),
  model,
  replayedWindows: z.int().describe('windows before this one that were computed again'),
  explanation: explanation
    .nullable()
    .describe('null when the light could not be used; `recomputed.withheld` says why'),
  tookMs: z.number(),
}) satisfies z.ZodType<ExplanationResponse>;
