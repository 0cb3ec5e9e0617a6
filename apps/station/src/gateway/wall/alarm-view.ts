import type {
  AlarmEvent,
  AlarmPriority,
  AudioEvent,
  AudioPause,
  LimitEvent,
  MovedHigh,
} from '@app/contracts';
import { GATEWAY_LIMITS } from '../gateway-limits.js';

/** What `events` says of one patient. Immutable, as `WardView`. */
export interface AlarmView {
  /** The last change of each alarm whose signal is not `off`, highest priority first, then the newest. */
  active: readonly AlarmEvent[];
  /** Ids of the last events, the newest first: a repeated one must not bring back an alarm that has ended. */
  seen: readonly string[];
  // What follows is absent in what versions before 0.2 have saved.
  audioPause?: AudioPause | null;
  /** With the time of the event: of an earlier stay it says nothing. */
  movedHigh?: (MovedHigh & { atMs: number }) | null;
}

/** The events of one patient, or of a ward as such, that the wall shows. */
export type ShownEvent = AlarmEvent | AudioEvent | LimitEvent;

const RANK: Record<AlarmPriority, number> = { high: 0, medium: 1, low: 2, info: 3 };

export function nextAlarmView(view: AlarmView | undefined, event: ShownEvent): AlarmView {
  if (view?.seen.includes(event.id)) return view;
  const seen = [event.id, ...(view?.seen ?? [])].slice(0, GATEWAY_LIMITS.eventsRemembered);
  const next: AlarmView = { active: [], ...view, seen };
  switch (event.type) {
    case 'alarm':
      return { ...next, active: withAlarm(next.active, event) };
    case 'audio':
      return { ...next, audioPause: pauseOf(event) };
    case 'limit':
      return { ...next, movedHigh: movedHighOf(event) };
  }
}

function withAlarm(active: readonly AlarmEvent[], event: AlarmEvent): AlarmEvent[] {
  const others = active.filter(({ alarmId }) => alarmId !== event.alarmId);
  const all = event.signal === 'off' ? others : [...others, event];
  return all.toSorted((a, b) => RANK[a.priority] - RANK[b.priority] || b.sinceMs - a.sinceMs);
}

function pauseOf({ audio, untilMs, by }: AudioEvent): AudioPause | null {
  return audio === 'on' || untilMs === null ? null : { untilMs, by };
}

function movedHighOf({
  heartRateHighBpm: bpm,
  because,
  atMs,
}: LimitEvent): NonNullable<AlarmView['movedHigh']> | null {
  const isMoved = because === 'walking' || because === 'running';
  return isMoved && bpm !== null ? { bpm, because, atMs } : null;
}
