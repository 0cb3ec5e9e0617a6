import type { AlarmEvent } from '@app/contracts';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { AlarmDetail } from '../alarm-log/alarm-detail.js';
import { PriorityMark } from '../alarm-log/priority-mark.js';
import { changeWords } from '../alarm-log/change-words.js';
import { alarmLine } from '../alarms/alarm-words.js';
import { dateAndTime } from '../words.js';

interface Props {
  opened: readonly AlarmEvent[];
  open: (alarms: readonly AlarmEvent[]) => void;
}

/** The alarm that was opened, or those of which one is to be chosen. Stands in the page: it covers no other alarm. */
export function OpenedAlarms({ opened, open }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const opener = useRef<Element | null>(null);
  const place = opened.map(({ id }) => id).join(' ');
  useEffect(() => {
    if (place === '') return;
    if (!heading.current?.parentElement?.parentElement?.contains(document.activeElement))
      opener.current = document.activeElement;
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView({ block: 'nearest' });
  }, [place]);
  const [event, ...others] = opened;
  if (event === undefined) return null;
  const close = () => {
    open([]);
    if (opener.current instanceof HTMLElement) opener.current.focus();
  };
  const key = (pressed: KeyboardEvent) => {
    if (pressed.key === 'Escape') close();
  };
  const one = others.length === 0;
  return (
    // Escape is for whoever works within it, as well as the button.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section className="panel opened-alarms" aria-labelledby="opened" onKeyDown={key}>
      <div className="panel-head">
        <h2 id="opened" ref={heading} tabIndex={-1}>
          {one ? alarmLine(event) : `${opened.length} alarms`}
        </h2>
        {one ? (
          <>
            <PriorityMark priority={event.priority} />
            <span className="note">
              {changeWords(event)}, {dateAndTime(event.atMs)}
            </span>
          </>
        ) : (
          <span className="note">Which one?</span>
        )}
        <div className="ranges">
          <button type="button" className="button" onClick={close}>
            Close
          </button>
        </div>
      </div>
      {one ? (
        <AlarmDetail key={event.id} event={event} heading="h3" />
      ) : (
        <ul className="alarm-choice">
          {opened.map((alarm) => (
            <li key={alarm.id}>
              <button type="button" className="alarm-pick" onClick={() => open([alarm])}>
                <time>{dateAndTime(alarm.atMs)}</time>
                <PriorityMark priority={alarm.priority} />
                <span>
                  {alarmLine(alarm)}: {changeWords(alarm)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
