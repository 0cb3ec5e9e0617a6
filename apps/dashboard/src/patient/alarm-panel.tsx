import type { AlarmEvent } from '@app/contracts';
import { useState } from 'react';
import { useAcknowledge } from '../alarms/acknowledge.js';
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
  alarms: readonly AlarmEvent[];
  /** Of the chosen range, oldest first. */
  events: readonly AlarmEvent[];
  serverMs: number | null;
  who: string;
}

export function AlarmPanel({ alarms, events, serverMs, who }: Props) {
  const { place } = useStationView();
  const mayAcknowledge = useMay()('acknowledge-alarms', place);
  const active = alarmsFirst(alarms);
  return (
    <section className="panel" aria-labelledby="alarms">
      <div className="panel-head">
        <h2 id="alarms">Alarms</h2>
        {active.length === 0 ? <span className="note">none now</span> : null}
      </div>
      <ul className="alarm-list">
        {active.map((alarm) => (
          <li key={alarm.alarmId} className="alarm-card">
            <AlarmBadge alarm={alarm} serverMs={serverMs} who={who} plain />
            <p className="reason">
              {alarm.text}. {[signalWords(alarm), alarm.note].filter(Boolean).join(': ')}
            </p>
            {mayAcknowledge && isCalling(alarm) ? <NoteForm alarm={alarm} /> : null}
          </li>
        ))}
      </ul>
      <AlarmLog events={events} />
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

const CHANGE_WORDS: Record<AlarmEvent['change'], string> = {
  raised: 'Raised',
  acknowledged: 'Acknowledged',
  worsened: 'Worse, or again',
  'condition-cleared': 'Condition over',
  ended: 'Ended',
  silenced: 'Another alarm speaks for it',
  unsilenced: 'Speaks for itself again',
  reminded: 'Acknowledged, and still there',
  escalated: 'Unanswered: called further',
};

function AlarmLog({ events }: { events: readonly AlarmEvent[] }) {
  if (events.length === 0) return null;
  return (
    <ol className="log" aria-label="What happened in the chosen range, newest first" tabIndex={0}>
      {events.toReversed().map((event) => (
        <li key={event.id}>
          <time>{timeOfDay(event.atMs)}</time>
          <span>
            {PRIORITY_WORDS[event.priority].mark} {alarmLine(event)}: {CHANGE_WORDS[event.change]}
            {event.change === 'acknowledged' ? ` by ${event.acknowledgedBy}` : ''}
          </span>
          <span className="detail">
            {event.change === 'acknowledged'
              ? event.note
              : event.change === 'raised'
                ? event.text
                : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
