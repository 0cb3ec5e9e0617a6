import type { StationView } from '../station/station.js';
import { whoseWords } from '../ward/place-words.js';
import { AlarmBadge } from './alarm-badge.js';
import { alarmsFirst, isCalling } from './alarm-words.js';

/** All alarms of the ward, the unanswered first. Its place is kept when there is none: tiles must not move. */
export function AlarmStrip({ view }: { view: StationView }) {
  // Without a ward nothing is known, and "no alarms" would be a claim.
  if (view.ward === null) return null;
  const alarms = alarmsFirst([...(view.ward?.patients.values() ?? [])].flatMap((p) => p.alarms));
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
              serverMs={view.serverMs}
              who={whoseWords(view.ward, alarm.patient)}
              withPatient
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
