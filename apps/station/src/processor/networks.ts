import type { ModelId } from '@app/contracts';
import {
  type LoadModelsOptions,
  type ModelMetadata,
  type ModelSlot,
  type Models,
  REGISTRY_TASKS,
  type RegistryTask,
  loadModels,
} from '@app/inference';
import { MODEL_INTERFACES, SPECTRAL_MODEL } from '@app/vitals';
import { Network, type NetworkAnswer, type NetworkState } from './network.js';

export const TASKS = REGISTRY_TASKS;
export type Task = RegistryTask;

/** Named in results when no network answers the task. */
const WITHOUT_NETWORK: Record<Task, ModelId> = {
  heartRate: SPECTRAL_MODEL,
  activity: { name: 'none', version: '1.0.0' },
  activityWaist: { name: 'none', version: '1.0.0' },
  fall: { name: 'none', version: '1.0.0' },
};

type Question = { input: Float32Array | null; state: NetworkState | null };

/** The networks in force. A task without a network is answered with null: the belief then rests on the spectrum alone. */
export class Networks {
  private readonly networks: Record<Task, Network | null>;
  private readonly shadows: Record<Task, Network | null>;
  private readonly faults = new Map<Task, string>();
  private readonly shadowFaults = new Map<Task, string>();

  constructor(
    private readonly models: Models | null,
    onNotFinite: (task: Task) => void = () => undefined,
  ) {
    const open = (task: Task): Network | null => {
      const slot: ModelSlot | null | undefined = models?.[task];
      if (slot?.state === 'ready') return new Network(slot.model, () => onNotFinite(task));
      this.faults.set(
        task,
        slot?.fault.message ??
          (models === null ? 'no models were asked for' : 'registry.json names no model'),
      );
      return null;
    };
    this.networks = {
      heartRate: open('heartRate'),
      activity: open('activity'),
      activityWaist: open('activityWaist'),
      fall: open('fall'),
    };
    const openShadow = (task: Task): Network | null => {
      const slot = models?.shadow[task];
      if (slot?.state === 'unavailable') this.shadowFaults.set(task, slot.fault.message);
      return slot?.state === 'ready' ? new Network(slot.model, () => onNotFinite(task)) : null;
    };
    this.shadows = {
      heartRate: openShadow('heartRate'),
      activity: openShadow('activity'),
      activityWaist: openShadow('activityWaist'),
      fall: openShadow('fall'),
    };
  }

  static async load(
    folder: string,
    options: Omit<LoadModelsOptions, 'wanted'> = {},
    onNotFinite?: (task: Task) => void,
  ): Promise<Networks> {
    const models = await loadModels(folder, { ...options, wanted: MODEL_INTERFACES });
    return new Networks(models, onNotFinite);
  }

  idOf(task: Task): ModelId {
    return this.networks[task]?.id ?? WITHOUT_NETWORK[task];
  }

  /** Why a task has no network; for the operator. */
  faultOf(task: Task): string | null {
    return this.faults.get(task) ?? null;
  }

  /** Whether the registry names no model for an optional task: then that is somebody's wish, no fault. */
  isLeftOut(task: Task): boolean {
    return this.models?.[task] === null;
  }

  async ask(task: Task, lanes: readonly Question[]): Promise<NetworkAnswer[]> {
    const network = this.networks[task];
    if (network === null) return lanes.map(() => ({ logits: null, state: null }));
    return network.ask(lanes);
  }

  /** The candidate that is compared with the live model of a task, or null. */
  shadowOf(task: Task): Network | null {
    return this.shadows[task];
  }

  /** Why a candidate that the registry names does not run; for the operator. */
  shadowFaultOf(task: Task): string | null {
    return this.shadowFaults.get(task) ?? null;
  }

  /** What the live model of a task says of itself; null without one. */
  metadataOf(task: Task): ModelMetadata | null {
    const slot = this.models?.[task];
    return slot?.state === 'ready' ? slot.model.metadata : null;
  }

  async release(): Promise<void> {
    await this.models?.release();
  }
}
