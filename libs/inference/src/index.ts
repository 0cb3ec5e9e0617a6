export { loadModels, type LoadModelsOptions, type Models } from './load-models.js';
export { loadModel, type LoadModelOptions, type ModelSlot } from './load-model.js';
export { ModelFaultError } from './model-fault.js';
export {
  DEFAULT_BATCH_ROWS,
  MAX_BATCH_ROWS,
  OnnxModel,
  type InferenceCall,
  type ModelAnswer,
  type ModelRow,
  type ModelState,
  type OnnxModelOptions,
} from './onnx-model.js';
export type { ModelFault, ModelFaultKind } from './model-fault.js';
export type { ModelInterface, OutputInterface } from './model-interface.js';
export {
  BATCH,
  MODEL_TASKS,
  modelMetadataSchema,
  type ModelMetadata,
  type ModelTask,
  type TensorDescription,
} from './model-metadata.js';
export {
  modelRegistrySchema,
  REGISTRY_TASKS,
  rolledBack,
  withLive,
  withShadow,
  type ModelRegistry,
  type RegistrySlot,
  type RegistryTask,
} from './model-registry.js';
export { readModelRegistry, writeModelRegistry } from './registry-file.js';
export { goldenCasesSchema, goldenValues, type GoldenCases } from './golden-cases.js';
