export * from './waist-classes.js';
export { prepareWaistInput, type WaistInput } from './prepare-waist-input.js';
export { WaistFilter, WAIST_FILTER, type WaistFilterSnapshot } from './waist-filter.js';
