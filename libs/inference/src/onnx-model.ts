import type { InferenceSession } from 'onnxruntime-node';
import type { ModelMetadata, TensorDescription } from './model-metadata.js';
import type { OnnxRuntime } from './onnx-session.js';

/** Most rows of one call of ONNX Runtime: bounds the time for which `run` holds its thread. */
export const MAX_BATCH_ROWS = 64;
/** Rows of one call unless told otherwise; see docs/performance.md. */
export const DEFAULT_BATCH_ROWS = 16;

/** Recurrent state of one row (one lane of one patient): input names to values. Opaque to callers, cloneable. */
export type ModelState = Readonly<Record<string, Float32Array>>;

/** One window of one patient. */
export interface ModelRow {
  /** Every input of the graph that is not state, without the batch dimension, row-major. */
  inputs: Readonly<Record<string, Float32Array>>;
  /** The state that the lane's previous row left; null at a start (zeros). Leave out for models without state. */
  state?: ModelState | null;
}

export interface ModelAnswer {
  /** Every output that is not state, without the batch dimension. The arrays belong to the caller. */
  outputs: Readonly<Record<string, Float32Array>>;
  /** For the lane's next row; null when the model has no state. */
  state: ModelState | null;
}

/** One call of ONNX Runtime. */
export interface InferenceCall {
  model: { name: string; version: string };
  rows: number;
  /** Wall time of the call, ms. */
  milliseconds: number;
}

export interface OnnxModelOptions {
  /** 1 to 64. */
  batchRows?: number;
  /** Called after every call of ONNX Runtime. */
  observe?: (call: InferenceCall) => void;
}

/**
 * One long-lived ONNX session. Rows of one call share the graph's run and nothing else: the answer to a row is the
 * same, bit for bit, alone or in any batch (on one version of ONNX Runtime and one type of processor).
 * `run` blocks its thread while the graph runs, so it belongs in a process that serves no sockets.
 */
export class OnnxModel {
  readonly id: { readonly name: string; readonly version: string };
  private readonly batchRows: number;
  private readonly observe: ((call: InferenceCall) => void) | undefined;
  private readonly stateOf: ReadonlyMap<string, string>;
  private released = false;

  constructor(
    private readonly runtime: OnnxRuntime,
    private readonly session: InferenceSession,
    readonly metadata: ModelMetadata,
    options: OnnxModelOptions = {},
  ) {
    this.id = { name: metadata.name, version: metadata.version };
    this.batchRows = options.batchRows ?? DEFAULT_BATCH_ROWS;
    this.observe = options.observe;
    this.stateOf = new Map(metadata.state.map((pair) => [pair.out, pair.in]));
    if (!(this.batchRows >= 1 && this.batchRows <= MAX_BATCH_ROWS)) {
      throw new RangeError(`batchRows must be 1 to ${MAX_BATCH_ROWS}, not ${this.batchRows}`);
    }
  }

  /** Answers in the order of the rows. Throws a RangeError when a row lacks an input or has one of another size. */
  async run(rows: readonly ModelRow[]): Promise<ModelAnswer[]> {
    if (this.released) throw new Error(`${this.id.name}/${this.id.version} was released`);
    const answers: ModelAnswer[] = [];
    for (let from = 0; from < rows.length; from += this.batchRows) {
      answers.push(...(await this.runBatch(rows.slice(from, from + this.batchRows))));
    }
    return answers;
  }

  /** Frees the session. A later `run` throws. */
  async release(): Promise<void> {
    if (this.released) return;
    this.released = true;
    await this.session.release();
  }

  private async runBatch(rows: readonly ModelRow[]): Promise<ModelAnswer[]> {
    const stateInputs = new Set(this.stateOf.values());
    const feeds = Object.fromEntries(
      this.metadata.inputs.map((tensor) => {
        const values = gather(tensor, rows, stateInputs.has(tensor.name));
        const [, ...sizes] = tensor.shape;
        return [tensor.name, new this.runtime.Tensor('float32', values, [rows.length, ...sizes])];
      }),
    );
    const start = performance.now();
    const results = await this.session.run(feeds);
    this.observe?.({
      model: this.id,
      rows: rows.length,
      milliseconds: performance.now() - start,
    });
    const columns = this.metadata.outputs.map((tensor) => ({
      name: tensor.name,
      size: rowLength(tensor),
      values: float32(results[tensor.name]?.data, tensor.name),
    }));
    return rows.map((_, row) => this.scatter(columns, row));
  }

  private scatter(
    columns: readonly { name: string; size: number; values: Float32Array }[],
    row: number,
  ): ModelAnswer {
    const outputs: Record<string, Float32Array> = {};
    const state: Record<string, Float32Array> = {};
    for (const { name, size, values } of columns) {
      const input = this.stateOf.get(name);
      const slice = values.slice(row * size, (row + 1) * size);
      if (input === undefined) outputs[name] = slice;
      else state[input] = slice;
    }
    return { outputs, state: this.stateOf.size > 0 ? state : null };
  }
}

function gather(
  tensor: TensorDescription,
  rows: readonly ModelRow[],
  isState: boolean,
): Float32Array {
  const size = rowLength(tensor);
  const values = new Float32Array(rows.length * size);
  for (const [index, row] of rows.entries()) {
    const part = isState ? row.state?.[tensor.name] : row.inputs[tensor.name];
    if (!part) {
      if (isState && !row.state) continue; // a start: zeros
      throw new RangeError(`row ${index} has no ${tensor.name}`);
    }
    if (part.length !== size) {
      throw new RangeError(`row ${index}: ${tensor.name} has ${part.length} values, not ${size}`);
    }
    values.set(part, index * size);
  }
  return values;
}

/** Elements of one row. */
export function rowLength(tensor: TensorDescription): number {
  const [, ...sizes] = tensor.shape;
  return sizes.reduce((product, size) => product * size, 1);
}

function float32(data: unknown, name: string): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new TypeError(`output ${name} is not float32`);
}
