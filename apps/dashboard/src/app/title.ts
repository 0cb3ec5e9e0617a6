import { PRIORITY_WORDS, alarmLine, isCalling } from '../alarms/alarm-words.js';
import { wardAlarmsFirst } from '../alarms/ward-alarms.js';
import type { StationView } from '../station/station.js';
import { whoseWords } from '../ward/place-words.js';

/** What a tab among others says: alarms and the loss of life before anything else. */
export function titleOf({ liveness, ward }: StationView, heading: string): string {
  if (liveness.state === 'not-live') return 'NOT LIVE – Vigil';
  const first = wardAlarmsFirst(ward).find(isCalling);
  if (first === undefined) return heading === 'Vigil' ? heading : `${heading} – Vigil`;
  const { mark } = PRIORITY_WORDS[first.priority];
  return `${mark} ${whoseWords(ward, first.patient)} ${alarmLine(first)} – Vigil`;
}
