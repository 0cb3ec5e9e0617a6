import type { AlarmEvent } from '@app/contracts';
import { useId } from 'react';
import { stopwatch, timeOfDay } from '../words.js';
import { alarmFacts } from './alarm-facts.js';
import { changeWords, noteOf } from './change-words.js';
import { StoredSignalFigure } from './stored-signal-figure.js';
import { useAlarmChanges } from './use-alarm-changes.js';

/** One change of an alarm, closely: why, what was true, the signal around it, and all that became of the alarm. */
export function AlarmDetail({
  event,
  heading: Heading,
}: {
  event: AlarmEvent;
  /** One level below that of where it stands. */
  heading: 'h3' | 'h4';
}) {
  const id = useId();
  return (
    <div className="alarm-detail">
      <p className="alarm-reason">{event.text}.</p>
      <div className="alarm-detail-parts">
        <section aria-labelledby={`${id}-facts`}>
          <Heading id={`${id}-facts`}>What was true</Heading>
          <dl className="facts">
            {alarmFacts(event).map(([term, words]) => (
              <div key={term} className="fact">
                <dt>{term}</dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section aria-labelledby={`${id}-changes`}>
          <Heading id={`${id}-changes`}>What became of it</Heading>
          <Changes event={event} />
        </section>
      </div>
      <section aria-labelledby={`${id}-signal`}>
        <Heading id={`${id}-signal`}>The signal then</Heading>
        <StoredSignalFigure event={event} />
      </section>
    </div>
  );
}

function Changes({ event }: { event: AlarmEvent }) {
  const { changes, problem, reload } = useAlarmChanges(event);
  return (
    <>
      {problem === null ? null : (
        <div className="in-place" role="alert">
          <span>Cannot be read: {problem}</span>
          <button type="button" className="button" onClick={reload}>
            Try again
          </button>
        </div>
      )}
      {changes === null && problem === null ? (
        <p className="page-note" aria-busy="true">
          Reading …
        </p>
      ) : null}
      <ol className="alarm-changes">
        {(changes ?? []).map((change) => (
          <li key={change.id} data-shown={change.id === event.id}>
            <time>{timeOfDay(change.atMs)}</time>
            <span className="after">+{stopwatch(change.atMs - change.sinceMs)}</span>
            <span>
              {changeWords(change)}
              {noteOf(change) === null ? null : <q>{noteOf(change)}</q>}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
