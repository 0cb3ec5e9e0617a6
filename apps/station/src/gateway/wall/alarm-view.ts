import type { AlarmEvent, AlarmPriority } from '@app/contracts';
import { GATEWAY_LIMITS } from '../gateway-limits.js';

/** What `events` says of one patient. Immutable, as `WardView`. */
export interface AlarmView {
  /** The last change of each alarm whose signal is not `off`, highest priority first, then the newest. */
  active: readonly AlarmEvent[];
  /** Ids of the last events, the newest first: a repeated one must not bring back an alarm that has ended. */
  seen: readonly string[];
}

const RANK: Record<AlarmPriority, number> = { high: 0, medium: 1, low: 2, info: 3 };

export function nextAlarmView(view: AlarmView | undefined, event: AlarmEvent): AlarmView {
  if (view?.seen.includes(event.id)) return view;
  const others = (view?.active ?? []).filter(({ alarmId }) => alarmId !== event.alarmId);
  const active = event.signal === 'off' ? others : [...others, event];
  return {
    active: active.toSorted((a, b) => RANK[a.priority] - RANK[b.priority] || b.sinceMs - a.sinceMs),
    seen: [event.id, ...(view?.seen ?? [])].slice(0, GATEWAY_LIMITS.eventsRemembered),
  };
}
