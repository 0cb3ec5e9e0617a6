import type { InferenceSession } from 'onnxruntime-node';
import { ModelFaultError, reasonOf } from './model-fault.js';
import { BATCH, type ModelMetadata, type TensorDescription } from './model-metadata.js';

export type OnnxRuntime = typeof import('onnxruntime-node');

/**
 * ONNX Runtime, loaded when the first model is: on a platform that it has no binary for, the station runs on without
 * networks instead of not starting.
 */
export async function onnxRuntime(): Promise<OnnxRuntime> {
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    throw new ModelFaultError(
      'runtime',
      `ONNX Runtime cannot be loaded on this machine: ${reasonOf(error)}`,
      { cause: error },
    );
  }
}

/**
 * One thread and no parallel branches: the sums of a row are then made in one order, so its answer does not depend on
 * the rows beside it, and a model leaves the other cores alone.
 */
const SESSION_OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
};

/** A session on the bytes of `model.onnx`, its inputs and outputs checked against the metadata. */
export async function openSession(
  runtime: OnnxRuntime,
  graph: Uint8Array,
  metadata: ModelMetadata,
  path: string,
): Promise<InferenceSession> {
  let session: InferenceSession;
  try {
    session = await runtime.InferenceSession.create(graph, SESSION_OPTIONS);
  } catch (error) {
    throw new ModelFaultError(
      'runtime',
      `${path}: ONNX Runtime refuses the graph (${reasonOf(error)}). Export it again.`,
      { cause: error },
    );
  }
  const mismatch =
    valuesMismatch('input', session.inputMetadata, metadata.inputs) ??
    valuesMismatch('output', session.outputMetadata, metadata.outputs);
  if (mismatch) {
    await session.release();
    throw new ModelFaultError(
      'graph',
      `${path}: ${mismatch}. metadata.json and model.onnx must come from one export.`,
    );
  }
  return session;
}

function valuesMismatch(
  side: 'input' | 'output',
  graph: readonly InferenceSession.ValueMetadata[],
  described: readonly TensorDescription[],
): string | null {
  const extra = graph.find((value) => !described.some((tensor) => tensor.name === value.name));
  if (extra) return `the graph's ${side} ${extra.name} is not described`;
  for (const tensor of described) {
    const value = graph.find((candidate) => candidate.name === tensor.name);
    if (!value) return `the graph has no ${side} ${tensor.name}`;
    if (!value.isTensor || value.type !== tensor.type) {
      return `${side} ${tensor.name} is ${value.isTensor ? value.type : 'no tensor'}, not ${tensor.type}`;
    }
    const [first, ...rest] = value.shape;
    if (typeof first === 'number') return `${side} ${tensor.name} has a fixed batch of ${first}`;
    if ([BATCH, ...rest].join() !== tensor.shape.join()) {
      return `${side} ${tensor.name} is [${value.shape.join(', ')}], not [${tensor.shape.join(', ')}]`;
    }
  }
  return null;
}
