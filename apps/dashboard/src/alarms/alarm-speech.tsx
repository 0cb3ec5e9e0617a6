import type { StationView } from '../station/station.js';
import { whoseWords } from '../ward/place-words.js';
import { alarmsFirst, isCalling } from './alarm-words.js';

/** Read aloud by a screen reader at once: high priority only, or nobody could work beside it. */
export function AlarmSpeech({ view }: { view: StationView }) {
  const calls = alarmsFirst(
    [...(view.ward?.patients.values() ?? [])].flatMap((p) => p.alarms),
  ).filter((alarm) => alarm.priority === 'high' && isCalling(alarm));
  return (
    <div className="unseen" aria-live="assertive" aria-atomic="false" aria-relevant="additions">
      {calls.map(({ alarmId, patient, text }) => (
        <p key={alarmId}>
          High priority alarm, {whoseWords(view.ward, patient)}: {text}
        </p>
      ))}
    </div>
  );
}
