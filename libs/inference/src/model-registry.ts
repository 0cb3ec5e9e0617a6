import { z } from 'zod';

const reference = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]*\/\d+\.\d+\.\d+$/,
    'write <name>/<version>, for example hr-bami/1.0.0',
  );

const slot = z.strictObject({
  /** The model whose answers are used. */
  live: reference,
  /** A candidate that sees the same rows and whose answers are only compared. */
  shadow: reference.optional(),
});

/** `models/registry.json`: which model folder answers each task. Rolling back is an edit of this file and a restart. */
export const modelRegistrySchema = z.strictObject({
  schema: z.literal(1),
  heartRate: slot,
  activity: slot,
  /** Optional: without it, falls are not looked for. */
  fall: slot.optional(),
});
export type ModelRegistry = z.infer<typeof modelRegistrySchema>;
