import type { ActivityClass } from '@app/contracts';
import { colour } from '../design/theme.js';

/** Custom properties of the activity band, in the order of the legend. None of them is an alarm's colour. */
export const ACTIVITY_TONES: Record<ActivityClass, `--${string}`> = {
  rest: '--activity-rest',
  walking: '--activity-walking',
  stairs: '--activity-stairs',
  running: '--activity-running',
  other: '--activity-other',
  unknown: '--activity-unknown',
};

export function activityColour(activity: ActivityClass): string {
  return colour(ACTIVITY_TONES[activity]);
}
