export * from './alarm-rules.js';
export * from './alarm-machine.js';
export type { PatientAlarms } from './patient-alarms.js';
