import { loadModel, type LoadModelOptions, type ModelSlot } from './load-model.js';
import { ModelFaultError } from './model-fault.js';
import type { ModelInterface } from './model-interface.js';
import type { ModelRegistry, RegistryTask } from './model-registry.js';
import type { OnnxModelOptions } from './onnx-model.js';
import { readModelRegistry } from './registry-file.js';

export interface LoadModelsOptions extends OnnxModelOptions {
  /** What the caller's code relies on, per task. */
  wanted?: Partial<Record<RegistryTask, ModelInterface>>;
}

/** The models of one process. */
export interface Models {
  heartRate: ModelSlot;
  activity: ModelSlot;
  /** Null when the registry names none: nothing is then said of devices at the waist. */
  activityWaist: ModelSlot | null;
  /** Null when the registry names none: falls are then not looked for. */
  fall: ModelSlot | null;
  /** Candidates that run beside the live ones; null when the registry names none. */
  shadow: Record<RegistryTask, ModelSlot | null>;
  /** Frees every session. */
  release(): Promise<void>;
}

/**
 * Loads what `<folder>/registry.json` names. Never throws for a bad folder: each task is ready or has a reason, so that
 * its user can fall back. A missing or wrong registry makes every task unavailable.
 */
export async function loadModels(folder: string, options: LoadModelsOptions = {}): Promise<Models> {
  const { wanted, ...rest } = options;
  let registry: ModelRegistry;
  try {
    registry = await readModelRegistry(folder);
  } catch (error) {
    if (!(error instanceof ModelFaultError)) throw error;
    const slot: ModelSlot = {
      state: 'unavailable',
      fault: { kind: error.kind, message: error.message },
    };
    return models({ heartRate: slot, activity: slot, activityWaist: slot, fall: slot }, NO_SHADOWS);
  }
  const load = (task: RegistryTask, reference: string) => {
    const own: LoadModelOptions = wanted?.[task] ? { ...rest, wanted: wanted[task] } : rest;
    return loadModel(folder, reference, own);
  };
  const open = async (task: RegistryTask, reference: string | undefined) =>
    reference === undefined ? null : load(task, reference);
  const live = {
    heartRate: await load('heartRate', registry.heartRate.live),
    activity: await load('activity', registry.activity.live),
    activityWaist: await open('activityWaist', registry.activityWaist?.live),
    fall: await open('fall', registry.fall?.live),
  };
  return models(live, {
    heartRate: await open('heartRate', registry.heartRate.shadow),
    activity: await open('activity', registry.activity.shadow),
    activityWaist: await open('activityWaist', registry.activityWaist?.shadow),
    fall: await open('fall', registry.fall?.shadow),
  });
}

const NO_SHADOWS: Models['shadow'] = {
  heartRate: null,
  activity: null,
  activityWaist: null,
  fall: null,
};

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
