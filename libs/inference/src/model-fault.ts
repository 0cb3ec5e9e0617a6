/** What was wrong with a model, by the step of loading that found it. */
export type ModelFaultKind =
  | 'registry' // registry.json is missing or wrong, or names a model of another task
  | 'missing' // a file of the model folder is not there
  | 'metadata' // metadata.json breaks its schema
  | 'digest' // model.onnx is not the file that metadata.json describes
  | 'graph' // the graph's inputs or outputs are not what metadata.json or the caller says
  | 'golden' // the graph does not answer what it answered in training
  | 'runtime'; // ONNX Runtime is not available or refuses the graph

export interface ModelFault {
  kind: ModelFaultKind;
  /** For the operator: which file, what is wrong, what to do. */
  message: string;
}

/** Carries a fault out of the steps of loading; `loadModel` turns it into a value. */
export class ModelFaultError extends Error {
  constructor(
    readonly kind: ModelFaultKind,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ModelFaultError';
  }
}

/** The message of whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
