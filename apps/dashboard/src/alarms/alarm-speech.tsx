import type { StationView } from '../station/station.js';
import { whoseWords } from '../ward/place-words.js';
import { isSpeaking } from './alarm-words.js';
import { wardAlarmsFirst } from './ward-alarms.js';

/** Read aloud by a screen reader at once: high priority only, or nobody could work beside it. */
export function AlarmSpeech({ view }: { view: StationView }) {
  const calls = wardAlarmsFirst(view.ward).filter(
    (alarm) => alarm.priority === 'high' && isSpeaking(alarm),
  );
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
