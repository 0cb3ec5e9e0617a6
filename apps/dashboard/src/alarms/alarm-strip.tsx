import type { StationView } from '../station/station.js';
import { whoseWords } from '../ward/place-words.js';
import { AlarmBadge } from './alarm-badge.js';
import { isCalling } from './alarm-words.js';
import { pauseNow } from './audio-pause.js';
import { PauseSound } from './pause-sound.js';
import { pauseOf, wardAlarmsFirst } from './ward-alarms.js';

/** All alarms of the ward, its own and the unanswered first. Its place is kept when there is none: tiles must not move. */
export function AlarmStrip({ view }: { view: StationView }) {
  // Without a ward nothing is known, and "no alarms" would be a claim.
  if (view.ward === null) return null;
  const { ward, serverMs } = view;
  const alarms = wardAlarmsFirst(ward);
  const calling = alarms.filter(isCalling).length;
  return (
    <section className="strip" aria-label="Alarms of the ward">
      <div className="strip-title">
        <b>
          {alarms.length === 0
            ? 'No alarms'
            : `${alarms.length} alarm${alarms.length > 1 ? 's' : ''}`}
        </b>
        <span>
          {calling > 0
            ? `${calling} to acknowledge`
            : alarms.length > 0
              ? 'all acknowledged'
              : 'on this ward'}
        </span>
      </div>
      <ul className="strip-list">
        {alarms.map((alarm) => (
          <li key={alarm.alarmId}>
            <AlarmBadge
              alarm={alarm}
              serverMs={serverMs}
              who={whoseWords(ward, alarm.patient)}
              paused={pauseNow(pauseOf(ward, alarm.patient), serverMs) !== null}
              withPatient
            />
            <PauseSound
              patient={alarm.patient}
              alarms={[alarm]}
              who={whoseWords(ward, alarm.patient)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
