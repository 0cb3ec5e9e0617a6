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
  /** What was live before: a roll-back makes it live again. */
  previous: reference.optional(),
});
export type RegistrySlot = z.infer<typeof slot>;

/**
 * `models/registry.json`: which model folder answers each task. `vigil models` changes it; a station reads it when it
 * starts.
 */
export const modelRegistrySchema = z.strictObject({
  schema: z.literal(1),
  heartRate: slot,
  activity: slot,
  /** Of devices at the waist or in a pocket. Optional: without it, nothing is said of them. */
  activityWaist: slot.optional(),
  /** Optional: without it, falls are not looked for. */
  fall: slot.optional(),
});
export type ModelRegistry = z.infer<typeof modelRegistrySchema>;

/** The registry's tasks, in its order. */
export const REGISTRY_TASKS = ['heartRate', 'activity', 'activityWaist', 'fall'] as const;
export type RegistryTask = (typeof REGISTRY_TASKS)[number];

/** The registry with this model live; what was live can be rolled back to. A shadow that goes live is no shadow any more. */
export function withLive(registry: ModelRegistry, task: RegistryTask, live: string): ModelRegistry {
  const before = registry[task];
  if (before?.live === live) return registry;
  const next: RegistrySlot = { live };
  if (before?.shadow !== undefined && before.shadow !== live) next.shadow = before.shadow;
  if (before !== undefined) next.previous = before.live;
  return { ...registry, [task]: next };
}

/** The registry with this model beside the live one, or with none. Null when nothing is live that it could run beside. */
export function withShadow(
  registry: ModelRegistry,
  task: RegistryTask,
  shadow: string | null,
): ModelRegistry | null {
  const before = registry[task];
  if (before === undefined || before.live === shadow) return null;
  const { shadow: _, ...kept } = before;
  return { ...registry, [task]: shadow === null ? kept : { ...kept, shadow } };
}

/** The registry with the previous model live again, and the one that it replaces in its place; null without one. */
export function rolledBack(registry: ModelRegistry, task: RegistryTask): ModelRegistry | null {
  const previous = registry[task]?.previous;
  return previous === undefined ? null : withLive(registry, task, previous);
}
