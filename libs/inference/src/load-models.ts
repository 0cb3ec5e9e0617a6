import { join } from 'node:path';
import { loadModel, readJson, type LoadModelOptions, type ModelSlot } from './load-model.js';
import { ModelFaultError } from './model-fault.js';
import type { ModelInterface } from './model-interface.js';
import type { OnnxModelOptions } from './onnx-model.js';
import { modelRegistrySchema, type ModelRegistry } from './model-registry.js';

export interface LoadModelsOptions extends OnnxModelOptions {
  /** What the caller's code relies on, per task. */
  wanted?: { heartRate?: ModelInterface; activity?: ModelInterface; fall?: ModelInterface };
}

/** The models of one process. */
export interface Models {
  heartRate: ModelSlot;
  activity: ModelSlot;
  /** Null when the registry names none: falls are then not looked for. */
  fall: ModelSlot | null;
  /** Candidates that run beside the live ones; null when the registry names none. */
  shadow: { heartRate: ModelSlot | null; activity: ModelSlot | null; fall: ModelSlot | null };
  /** Frees every session. */
  release(): Promise<void>;
}

/**
 * Loads what `<folder>/registry.json` names. Never throws for a bad folder: each task is ready or has a reason, so that
 * its user can fall back. A missing or wrong registry makes every task unavailable.
 */
export async function loadModels(folder: string, options: LoadModelsOptions = {}): Promise<Models> {
  const { wanted, ...rest } = options;
  const forTask = (task: keyof NonNullable<typeof wanted>): LoadModelOptions =>
    wanted?.[task] ? { ...rest, wanted: wanted[task] } : rest;
  let registry: ModelRegistry;
  try {
    registry = await readJson(join(folder, 'registry.json'), modelRegistrySchema, 'registry');
  } catch (error) {
    if (!(error instanceof ModelFaultError)) throw error;
    const slot: ModelSlot = {
      state: 'unavailable',
      fault: { kind: error.kind, message: error.message },
    };
    return models(
      { heartRate: slot, activity: slot, fall: slot },
      { heartRate: null, activity: null, fall: null },
    );
  }
  const open = async (task: keyof NonNullable<typeof wanted>, reference: string | undefined) =>
    reference === undefined ? null : loadModel(folder, reference, forTask(task));
  const live = {
    heartRate: await loadModel(folder, registry.heartRate.live, forTask('heartRate')),
    activity: await loadModel(folder, registry.activity.live, forTask('activity')),
    fall: await open('fall', registry.fall?.live),
  };
  return models(live, {
    heartRate: await open('heartRate', registry.heartRate.shadow),
    activity: await open('activity', registry.activity.shadow),
    fall: await open('fall', registry.fall?.shadow),
  });
}

function models(live: Omit<Models, 'shadow' | 'release'>, shadow: Models['shadow']): Models {
  return {
    ...live,
    shadow,
    async release() {
      for (const slot of [...Object.values(live), ...Object.values(shadow)]) {
        if (slot?.state === 'ready') await slot.model.release();
      }
    },
  };
}
