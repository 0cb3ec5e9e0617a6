export * from './alarm-rules.js';
export * from './alarm-times.js';
export * from './alarm-machine.js';
export type { PatientAlarms } from './alarm-state.js';
export { PARTITION_KEY, type PartitionState, newPartitionState } from './partition-state.js';
export * from './transitions.js';
export * from './ward-overview.js';
