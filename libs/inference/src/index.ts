export * from './model-metadata.js';
export * from './model-registry.js';
export * from './golden-cases.js';
