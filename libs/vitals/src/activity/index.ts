export {
  ACTIVITY_CHANNELS,
  ACTIVITY_CLASSES,
  ACTIVITY_INPUT,
  ACTIVITY_MODEL_INTERFACE,
  ACTIVITY_RATE_HZ,
  ACTIVITY_SAMPLES,
  ACTIVITY_STEP_S,
} from './activity-classes.js';
export { magnitudeOf, prepareActivityInput } from './prepare-activity-input.js';
export { cadencePerMinute } from './cadence.js';
export { isStill, STILL_G } from './rest-gate.js';
export {
  ActivityFilter,
  type ActivityEstimate,
  type ActivityFilterSnapshot,
} from './activity-filter.js';
