import type { LimitsRecord } from '@app/contracts';
import type { AlarmView } from './alarm-view.js';
import type { StrayView } from './stray-view.js';
import type { WardView } from './ward-view.js';

/** A part of the wall as it is saved with an offset. */
export type SavedPart =
  | { type: 'ward'; patient: string; view: WardView }
  | { type: 'limits'; record: LimitsRecord }
  | { type: 'stray'; view: StrayView }
  | { type: 'alarms'; patient: string; view: AlarmView };

/** Names the checkpoints that hold the parts, by the stream that they come from. */
export const WALL_CHECKPOINTS = { ward: 'gateway-ward', events: 'gateway-events' } as const;

type PartType = SavedPart['type'];

/** @param name a patient, a device, or the key of limits. */
export function partKey(type: PartType, name: string): string {
  return `${type}/${name}`;
}

export function partOfKey(key: string): { type: PartType; name: string } {
  const slash = key.indexOf('/');
  return { type: key.slice(0, slash) as PartType, name: key.slice(slash + 1) };
}
