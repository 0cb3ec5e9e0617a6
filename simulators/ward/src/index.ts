export {
  parseScenario,
  scenarioSchema,
  FAULT_KINDS,
  SIMULATED_ACTIVITIES,
  type Fault,
  type FaultKind,
  type ParsedScenario,
  type Scenario,
  type SimulatedActivity,
  type TimelineStep,
  type WearableScenario,
} from './scenario.js';
export { expectedAlarmSchema, type ExpectedAlarm } from './expected-alarm.js';
export { DEMO_WARD } from './demo-ward.js';
export { scriptedShift } from './shift.js';
export { wardOf } from './generated-ward.js';
export { Wearable, type WearableOptions, type WearableSecond } from './wearable.js';
export type { TruthWindow } from './truth.js';
export { Delivery, NO_DELIVERY_FAULTS, type DeliveryFaults } from './delivery.js';
export { seededRandom, type Random } from './random.js';
export { runWard, type RunWardOptions, type WardReport } from './run-ward.js';
