import type { AlarmEvent } from '@app/contracts';
import { CheckIcon, PriorityShape } from '../design/icons.js';
import { Link } from '../app/link.js';
import { addresses } from '../app/route.js';
import { useMay } from '../session/use-session.js';
import { useStationView } from '../app/use-station.js';
import { isWardKey } from '../ward/place-words.js';
import { stopwatch } from '../words.js';
import { useAcknowledge } from './acknowledge.js';
import {
  PRIORITY_WORDS,
  alarmLine,
  escalationWords,
  isCalling,
  isSpeaking,
  signalWords,
} from './alarm-words.js';

interface Props {
  alarm: AlarmEvent;
  serverMs: number | null;
  /** Whose it is, in the words of the wall. */
  who: string;
  /** Its sound is paused: it stands still, in its full colour. */
  paused?: boolean;
  /** In the strip the badge says whose alarm it is, and leads there. */
  withPatient?: boolean;
  /** Calls beside this one that the place does not show. */
  more?: number;
  /** Without the button: the place has one of its own. */
  plain?: boolean;
}

/** One alarm: shape, asterisks, line, age, and the button that answers it. */
export function AlarmBadge({
  alarm,
  serverMs,
  who,
  paused = false,
  withPatient = false,
  more = 0,
  plain = false,
}: Props) {
  const { mark, word } = PRIORITY_WORDS[alarm.priority];
  const calling = isCalling(alarm);
  const state = signalWords(alarm);
  const step = withPatient ? escalationWords(alarm) : null;
  const age = serverMs === null ? '' : stopwatch(serverMs - alarm.sinceMs);
  const line = (
    <>
      <PriorityShape priority={alarm.priority} />
      {withPatient ? <span className="strip-patient">{who}</span> : null}
      <span className="alarm-line">
        <span className="unseen">{word} priority: </span>
        <span className="alarm-mark" aria-hidden="true">
          {mark}
        </span>
        {alarmLine(alarm)}
      </span>
      {step === null ? null : <span className="alarm-step">{step}</span>}
      {more > 0 ? <span className="alarm-more">+{more}</span> : null}
      <span className="alarm-age">{alarm.signal === 'latched' ? 'over' : age}</span>
    </>
  );
  return (
    <div
      className="alarm"
      data-priority={alarm.priority}
      data-calling={calling}
      data-signal={alarm.signal}
      data-steady={calling && (paused || !isSpeaking(alarm))}
      title={`${alarm.text}${state ? `. ${state}.` : ''}`}
    >
      {withPatient && !isWardKey(alarm.patient) ? (
        <Link to={addresses.patient(alarm.patient)}>{line}</Link>
      ) : (
        line
      )}
      {calling ? null : <Seen alarm={alarm} />}
      {calling && !plain ? <AcknowledgeButton alarm={alarm} who={who} /> : null}
    </div>
  );
}

function AcknowledgeButton({ alarm, who }: { alarm: AlarmEvent; who: string }) {
  const { acknowledge, pending } = useAcknowledge();
  const { place } = useStationView();
  const may = useMay();
  if (!may('acknowledge-alarms', place)) return null;
  const sending = pending.has(alarm.alarmId);
  return (
    <button
      type="button"
      className="acknowledge button"
      disabled={sending}
      onClick={() => acknowledge(alarm)}
      aria-label={`Acknowledge ${who}: ${alarmLine(alarm)}`}
    >
      <CheckIcon />
      <span className="acknowledge-word">{sending ? 'Sending' : 'Acknowledge'}</span>
    </button>
  );
}

function Seen({ alarm }: { alarm: AlarmEvent }) {
  return (
    <span className="strip-by" aria-label={signalWords(alarm) ?? ''} role="img">
      <CheckIcon />
      <span className="strip-name">{alarm.acknowledgedBy}</span>
    </span>
  );
}
