import type { Activity } from '@app/contracts';
import type { ActivityLevel, ActivityMemory } from './alarm-state.js';
import { ACTIVITY_BEGINS_MS, ACTIVITY_CONFIDENCE, ACTIVITY_ENDS_MS } from './alarm-times.js';

const RANK: Record<ActivityLevel, number> = { rest: 0, walking: 1, running: 2 };

/** What a window says of the activity; what is not sure is rest: it loosens no limit. */
export function levelOf({ class: name, confidence }: Activity): ActivityLevel {
  if (confidence < ACTIVITY_CONFIDENCE) return 'rest';
  switch (name) {
    case 'running':
      return 'running';
    case 'walking':
    case 'stairs':
      return 'walking';
    case 'rest':
    case 'other':
    case 'unknown':
      return 'rest';
  }
}

/** Takes in what a window (or silence: `rest`) says at a time of the machine's clock. */
export function moveActivity(memory: ActivityMemory, said: ActivityLevel, clockMs: number): void {
  if (RANK[said] > RANK[memory.level]) {
    memory.fallingSinceMs = null;
    memory.rising ??= { to: said, sinceMs: clockMs };
    // Walking and running in turns is walking at least.
    if (RANK[said] < RANK[memory.rising.to]) memory.rising.to = said;
    if (clockMs - memory.rising.sinceMs < ACTIVITY_BEGINS_MS) return;
    memory.level = memory.rising.to;
    memory.rising = null;
    return;
  }
  memory.rising = null;
  if (said === memory.level) {
    memory.fallingSinceMs = null;
    return;
  }
  memory.fallingSinceMs ??= clockMs;
  if (clockMs - memory.fallingSinceMs < ACTIVITY_ENDS_MS) return;
  memory.level = said;
  memory.fallingSinceMs = null;
}
