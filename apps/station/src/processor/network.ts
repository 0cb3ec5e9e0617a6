import type { ModelId } from '@app/contracts';
import type { ModelState, OnnxModel } from '@app/inference';

/** What a recurrent network remembers of one lane; of no use to another model. */
export interface NetworkState {
  model: string;
  state: ModelState;
}

export interface NetworkAnswer {
  /** Null when the network did not run or what it said is not finite. */
  logits: Float32Array | null;
  /** For the lane's next window. */
  state: NetworkState | null;
}

/** A model with one input and one output besides its state, asked about many lanes at once. */
export class Network {
  readonly id: ModelId;
  private readonly key: string;
  private readonly input: string;
  private readonly output: string;

  constructor(
    private readonly model: OnnxModel,
    private readonly onNotFinite: () => void,
  ) {
    const { inputs, outputs, state } = model.metadata;
    const carried = new Set(state.flatMap((pair) => [pair.in, pair.out]));
    this.id = model.id;
    this.key = `${model.id.name}/${model.id.version}`;
    this.input = nameOfOnly(inputs, carried, this.key);
    this.output = nameOfOnly(outputs, carried, this.key);
  }

  /** Answers in the order of the lanes; a lane without input keeps its state. */
  async ask(
    lanes: readonly { input: Float32Array | null; state: NetworkState | null }[],
  ): Promise<NetworkAnswer[]> {
    const rows = lanes.flatMap(({ input, state }) => {
      if (input === null) return [];
      return [{ inputs: { [this.input]: input }, state: this.ownState(state) }];
    });
    const answers = rows.length === 0 ? [] : await this.model.run(rows);
    let next = 0;
    return lanes.map(({ input, state }) => {
      const answer = input === null ? undefined : answers[next++];
      if (answer === undefined) return { logits: null, state };
      const logits = answer.outputs[this.output];
      if (logits === undefined || !logits.every(Number.isFinite)) {
        this.onNotFinite();
        return { logits: null, state: null };
      }
      return {
        logits,
        state: answer.state === null ? null : { model: this.key, state: answer.state },
      };
    });
  }

  /** A state that another model left means nothing to this one. */
  private ownState(saved: NetworkState | null): ModelState | null {
    return saved?.model === this.key ? saved.state : null;
  }
}

function nameOfOnly(
  tensors: readonly { name: string }[],
  carried: ReadonlySet<string>,
  model: string,
): string {
  const [only, ...others] = tensors.filter(({ name }) => !carried.has(name));
  if (only === undefined || others.length > 0)
    throw new Error(`${model} must have one input and one output besides its state`);
  return only.name;
}
