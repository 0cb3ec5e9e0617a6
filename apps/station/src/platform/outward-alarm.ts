import type { AlarmEvent } from '@app/contracts';

/** An alarm as it leaves the station: who acknowledged it, and what they wrote, stays inside. */
export function outwardAlarm(event: AlarmEvent): AlarmEvent {
  return { ...event, acknowledgedBy: null, note: null };
}
