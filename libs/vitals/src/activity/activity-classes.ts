/**
 * What the activity network tells apart, in the order of its outputs. `unknown` is a rhythm too weak to tell, as a hand on
 * a treadmill's bar or a walking frame leaves it at the wrist.
 */
export const ACTIVITY_CLASSES = [
  'rest',
  'walking',
  'stairs',
  'running',
  'other',
  'unknown',
] as const;

/** Grid rate of the acceleration, Hz, and length of the network's input: the last 5 s of a window. */
export const ACTIVITY_RATE_HZ = 25;
export const ACTIVITY_SAMPLES = 125;
/** Rows of the network's input: vertical, horizontal, magnitude. */
export const ACTIVITY_CHANNELS = 3;
/** Numbers in one input of the network. */
export const ACTIVITY_INPUT = ACTIVITY_CHANNELS * ACTIVITY_SAMPLES;
/** Seconds from one window to the next. */
export const ACTIVITY_STEP_S = 2;

/** What an activity model must offer to be used; checked when it is loaded. */
export const ACTIVITY_MODEL_INTERFACE = {
  task: 'activity',
  inputs: { x: [ACTIVITY_CHANNELS, ACTIVITY_SAMPLES] },
  outputs: { logits: { shape: [ACTIVITY_CLASSES.length], labels: ACTIVITY_CLASSES } },
} as const;
