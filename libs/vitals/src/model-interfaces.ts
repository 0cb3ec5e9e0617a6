import { ACTIVITY_MODEL_INTERFACE } from './activity/index.js';
import { FALL_MODEL_INTERFACE } from './falls/index.js';
import { HEART_RATE_MODEL_INTERFACE } from './heart-rate-bins.js';
import { WAIST_MODEL_INTERFACE } from './waist/index.js';

/** What a model must offer for each task of `models/registry.json`. */
export const MODEL_INTERFACES = {
  heartRate: HEART_RATE_MODEL_INTERFACE,
  activity: ACTIVITY_MODEL_INTERFACE,
  activityWaist: WAIST_MODEL_INTERFACE,
  fall: FALL_MODEL_INTERFACE,
} as const;
