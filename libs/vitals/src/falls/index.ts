export {
  FALL,
  FALL_CHANNELS,
  FALL_INPUT,
  FALL_MODEL_INTERFACE,
  FALL_SAMPLES,
  FALL_SCORES,
  fallScore,
} from './fall-settings.js';
export type { FallCandidate } from './fall-candidate.js';
export { FallLane, type FallLaneSnapshot } from './fall-lane.js';
export { prepareFallInput } from './prepare-fall-input.js';
