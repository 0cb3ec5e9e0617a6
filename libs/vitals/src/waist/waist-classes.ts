import type { BodyPosition } from '@app/contracts';

/** What the waist network tells apart, in the order of its outputs. `transition`: sitting down, lying down, getting up. */
export const WAIST_CLASSES = [
  'walking',
  'upstairs',
  'downstairs',
  'sitting',
  'standing',
  'lying',
  'transition',
] as const;
export type WaistClass = (typeof WAIST_CLASSES)[number];

/** Samples of the network's input on the 25 Hz grid: the last 2.56 s of a window. */
export const WAIST_SAMPLES = 64;
/** Rows of the input: acceleration along x, y, z in g, then turning about them in deg/s. */
export const WAIST_CHANNELS = 6;
export const WAIST_INPUT = WAIST_CHANNELS * WAIST_SAMPLES;

/** What a waist model must offer to be used; checked when it is loaded. */
export const WAIST_MODEL_INTERFACE = {
  task: 'activity',
  inputs: { x: [WAIST_CHANNELS, WAIST_SAMPLES] },
  outputs: { logits: { shape: [WAIST_CLASSES.length], labels: WAIST_CLASSES } },
} as const;

/**
 * Which activity model reads a device, by the place that it declares. The two never mix: a trunk lies down and a wrist does
 * not, a wrist swings and a trunk does not. Elsewhere on the body neither was measured, so nothing is said.
 */
export function activityModelFor(position: BodyPosition): 'wrist' | 'waist' | null {
  switch (position) {
    case 'wrist':
    case 'unspecified':
      return 'wrist';
    case 'waist':
    case 'pocket':
      return 'waist';
    default:
      return null;
  }
}
