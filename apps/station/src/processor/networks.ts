import type { ModelId } from '@app/contracts';
import { type LoadModelsOptions, type ModelSlot, type Models, loadModels } from '@app/inference';
import {
  ACTIVITY_MODEL_INTERFACE,
  FALL_MODEL_INTERFACE,
  HEART_RATE_MODEL_INTERFACE,
  SPECTRAL_MODEL,
} from '@app/vitals';
import { Network, type NetworkAnswer, type NetworkState } from './network.js';

export const TASKS = ['heartRate', 'activity', 'fall'] as const;
export type Task = (typeof TASKS)[number];

/** Named in results when no network answers the task. */
const WITHOUT_NETWORK: Record<Task, ModelId> = {
  heartRate: SPECTRAL_MODEL,
  activity: { name: 'none', version: '1.0.0' },
  fall: { name: 'none', version: '1.0.0' },
};

type Question = { input: Float32Array | null; state: NetworkState | null };

/** The networks in force. A task without a network is answered with null: the belief then rests on the spectrum alone. */
export class Networks {
  private readonly networks: Record<Task, Network | null>;
  private readonly faults = new Map<Task, string>();

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
      fall: open('fall'),
    };
  }

  static async load(
    folder: string,
    options: Omit<LoadModelsOptions, 'wanted'> = {},
    onNotFinite?: (task: Task) => void,
  ): Promise<Networks> {
    const wanted = {
      heartRate: HEART_RATE_MODEL_INTERFACE,
      activity: ACTIVITY_MODEL_INTERFACE,
      fall: FALL_MODEL_INTERFACE,
    };
    return new Networks(await loadModels(folder, { ...options, wanted }), onNotFinite);
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

  async release(): Promise<void> {
    await this.models?.release();
  }
}
