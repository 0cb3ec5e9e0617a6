import type { AlarmEvent } from '@app/contracts';
import { useState } from 'react';
import { changeWords, noteOf } from '../alarm-log/change-words.js';
import { useAcknowledge } from '../alarms/acknowledge.js';
import { PauseSound } from '../alarms/pause-sound.js';
import { AlarmBadge } from '../alarms/alarm-badge.js';
import {
  PRIORITY_WORDS,
  alarmLine,
  alarmsFirst,
  isCalling,
  signalWords,
} from '../alarms/alarm-words.js';
import { useStationView } from '../app/use-station.js';
import { useMay } from '../session/use-session.js';
import { timeOfDay } from '../words.js';

interface Props {
  patient: string;
  /** The sound of this patient is paused. */
  paused: boolean;
  alarms: readonly AlarmEvent[];
  /** Of the chosen range, oldest first. */
  events: readonly AlarmEvent[];
  serverMs: number | null;
  who: string;
  onAlarms: (alarms: readonly AlarmEvent[]) => void;
}

export function AlarmPanel({ patient, paused, alarms, events, serverMs, who, onAlarms }: Props) {
  const { place } = useStationView();
  const mayAcknowledge = useMay()('acknowledge-alarms', place);
  const active = alarmsFirst(alarms);
  return (
    <section className="panel" aria-labelledby="alarms">
      <div className="panel-head">
        <h2 id="alarms">Alarms</h2>
        {active.length === 0 ? <span className="note">none now</span> : null}
        <PauseSound patient={patient} alarms={active} who={who} />
      </div>
      <ul className="alarm-list">
        {active.map((alarm) => (
          <li key={alarm.alarmId} className="alarm-card">
            <AlarmBadge alarm={alarm} serverMs={serverMs} who={who} paused={paused} plain />
            <p className="reason">
              {alarm.text}. {[signalWords(alarm), alarm.note].filter(Boolean).join(': ')}
            </p>
            {mayAcknowledge && isCalling(alarm) ? <NoteForm alarm={alarm} /> : null}
            <button
              type="button"
              className="button alarm-why"
              aria-label={`Details of ${alarmLine(alarm)}`}
              onClick={() => onAlarms([alarm])}
            >
              Details
            </button>
          </li>
        ))}
      </ul>
      <AlarmLog events={events} onAlarms={onAlarms} />
    </section>
  );
}

/** As the station accepts, characters. */
const NOTE_MAX = 500;

function NoteForm({ alarm }: { alarm: AlarmEvent }) {
  const [note, setNote] = useState('');
  const { acknowledge, pending } = useAcknowledge();
  return (
    <form
      className="acknowledge-form"
      onSubmit={(event) => {
        event.preventDefault();
        acknowledge(alarm, note);
      }}
    >
      <label className="field">
        Note, if you like
        <input value={note} maxLength={NOTE_MAX} onChange={(e) => setNote(e.target.value)} />
      </label>
      <button type="submit" className="button strong" disabled={pending.has(alarm.alarmId)}>
        Acknowledge
      </button>
    </form>
  );
}

/** What happened in the time that the trend shows; each opens what it was. */
function AlarmLog({
  events,
  onAlarms,
}: {
  events: readonly AlarmEvent[];
  onAlarms: (alarms: readonly AlarmEvent[]) => void;
}) {
  if (events.length === 0) return null;
  return (
    <ol className="log" aria-label="What happened in the chosen range, newest first">
      {events.toReversed().map((event) => (
        <li key={event.id}>
          <button type="button" className="log-entry" onClick={() => onAlarms([event])}>
            <time>{timeOfDay(event.atMs)}</time>
            <span>
              {PRIORITY_WORDS[event.priority].mark} {alarmLine(event)}: {changeWords(event)}
            </span>
            <span className="detail">{event.change === 'raised' ? event.text : noteOf(event)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
