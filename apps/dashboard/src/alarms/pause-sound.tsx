import type { AlarmEvent } from '@app/contracts';
import { useStationView } from '../app/use-station.js';
import { SoundIcon } from '../design/icons.js';
import { useMay } from '../session/use-session.js';
import { useAcknowledge } from './acknowledge.js';
import { isCalling } from './alarm-words.js';
import { pauseNow, pauseWords } from './audio-pause.js';
import { pauseOf } from './ward-alarms.js';

interface Props {
  /** Whose: a pseudonym, or `ward:` and a ward's id. */
  patient: string;
  /** Theirs: without a call there is nothing to pause. */
  alarms: readonly AlarmEvent[];
  who: string;
}

/** The button that silences a patient's alarms for two minutes; while it lasts, how long still and who did it. */
export function PauseSound({ patient, alarms, who }: Props) {
  const { ward, serverMs, place } = useStationView();
  const { pauseSound, pausing } = useAcknowledge();
  const may = useMay();
  const pause = pauseNow(pauseOf(ward, patient), serverMs);
  if (!alarms.some(isCalling)) return null;
  if (pause !== null && serverMs !== null) {
    return (
      <span className="sound-paused">
        <SoundIcon on={false} />
        <span>{pauseWords(pause, serverMs)}</span>
      </span>
    );
  }
  if (!may('pause-audio', place)) return null;
  return (
    <button
      type="button"
      className="pause-sound button"
      disabled={pausing.has(patient)}
      onClick={() => pauseSound(patient)}
      aria-label={`Pause sound 2 min: ${who}`}
    >
      {pausing.has(patient) ? 'Sending' : 'Pause sound 2 min'}
    </button>
  );
}
