import type { ModelFacts, ModelsResponse } from '@app/contracts';
import { z } from 'zod';

const count = z.int().min(0);

const facts = z.object({
  name: z.string(),
  version: z.string(),
  fault: z.string().nullable().describe('why its metadata cannot be read'),
  summary: z.string(),
  intendedUse: z.string(),
  limits: z.array(z.string()),
  weightsLicence: z.string(),
  results: z.array(
    z.object({
      measure: z.string(),
      value: z.number(),
      unit: z.string(),
      data: z.string(),
      protocol: z.string(),
    }),
  ),
}) satisfies z.ZodType<ModelFacts>;

export const modelsResponse = z.object({
  tasks: z.array(
    z.object({
      task: z.string(),
      live: facts,
      shadow: facts
        .extend({
          comparison: z
            .object({
              windows: count,
              agree: count.describe(
                'both showed an answer, and the same one; of falls, both suspected one',
              ),
              differ: count,
              liveOnly: count,
              shadowOnly: count,
              neither: count,
              meanDifferenceBpm: z.number().nullable(),
            })
            .describe('since the processors started'),
        })
        .nullable(),
      previous: z.string().nullable().describe('what a roll-back makes live again'),
    }),
  ),
  drift: z
    .object({
      inputDeviations: z.record(z.string(), z.number()),
      withheldShare: z.number().nullable(),
      trainingWithheldShare: z.number().nullable(),
    })
    .describe('of the live heart-rate model, over about the last thousand windows'),
}) satisfies z.ZodType<ModelsResponse>;
