import type { AlarmLogEntry } from '@app/contracts';
import { useId, useState } from 'react';
import { alarmLine } from '../alarms/alarm-words.js';
import { Link } from '../app/link.js';
import { addresses } from '../app/route.js';
import { dateAndTime } from '../words.js';
import { AlarmDetail } from './alarm-detail.js';
import { changeWords, noteOf } from './change-words.js';
import { PriorityMark } from './priority-mark.js';

interface Props {
  entries: readonly AlarmLogEntry[];
  /** How the wall calls a patient who is on it; the pseudonym of one who is not. */
  labelOf: (patient: string) => string;
}

/** Newest first; a row opens in its place, so that nothing of the ward is covered. */
export function AlarmLogList({ entries, labelOf }: Props) {
  const [open, setOpen] = useState<number | null>(null);
  if (entries.length === 0) return <p className="page-note">No alarm of this kind is recorded.</p>;
  return (
    <ol className="alarm-log" aria-label="Changes of alarms, newest first">
      {entries.map((entry) => (
        <Row
          key={entry.id}
          entry={entry}
          label={labelOf(entry.event.patient)}
          open={open === entry.id}
          onOpen={(is) => setOpen(is ? entry.id : null)}
        />
      ))}
    </ol>
  );
}

interface RowProps {
  entry: AlarmLogEntry;
  label: string;
  open: boolean;
  onOpen: (open: boolean) => void;
}

function Row({ entry: { bed, event }, label, open, onOpen }: RowProps) {
  const id = useId();
  const note = noteOf(event);
  const ofWard = event.patient.startsWith('ward:');
  return (
    <li className="panel alarm-entry" data-rule={event.rule} data-change={event.change}>
      <button
        type="button"
        className="alarm-row"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => onOpen(!open)}
      >
        <time>{dateAndTime(event.atMs)}</time>
        <span className="alarm-row-who">
          {bed === null ? null : <b>{bed}</b>} {label}
        </span>
        <PriorityMark priority={event.priority} />
        <span className="alarm-row-what">
          <b>{alarmLine(event)}</b>
          <span>{event.text}</span>
        </span>
        <span className="alarm-row-change">
          {changeWords(event)}
          {note === null ? null : <q>{note}</q>}
        </span>
      </button>
      <div id={id} hidden={!open}>
        {open ? (
          <>
            <AlarmDetail event={event} heading="h4" />
            {ofWard ? null : (
              <p className="page-actions start">
                <Link
                  className="button"
                  to={addresses.patientAt(event.patient, event.atMs, event.id)}
                >
                  Show on the trend
                </Link>
              </p>
            )}
          </>
        ) : null}
      </div>
    </li>
  );
}
