import type { ActivityClass, AudioPause, Origin, Posture } from '@app/contracts';
import { pauseLeft, pauseWords } from '../alarms/audio-pause.js';
import {
  ActivityIcon,
  BacklogIcon,
  BatteryIcon,
  LinkIcon,
  QualityIcon,
  SoundIcon,
} from '../design/icons.js';
import { ORIGIN_WORDS, activityWords, qualityWords } from '../words.js';

/** SIMULATED or REPLAY; nothing for a real patient. */
export function OriginMark({ origin }: { origin: Origin }) {
  const word = ORIGIN_WORDS[origin];
  return word === null ? null : <span className="origin-mark">{word}</span>;
}

/** While the sound of a patient is paused: how long still, by whom. */
export function PauseMark({
  pause,
  serverMs,
}: {
  pause: AudioPause | null;
  serverMs: number | null;
}) {
  if (pause === null || serverMs === null) return null;
  const words = pauseWords(pause, serverMs);
  return (
    <span data-bad="true" title={words}>
      <SoundIcon on={false} />
      <span className="unseen">{words}</span>
      <span aria-hidden="true">
        {pauseLeft(pause, serverMs)} <span className="pause-by">{pause.by}</span>
      </span>
    </span>
  );
}

export function BatteryMark({ battery }: { battery: number | null }) {
  if (battery === null) return null;
  const percent = Math.round(battery * 100);
  return (
    <span data-bad={battery <= 0.15} title="Battery of the device">
      <BatteryIcon level={battery} />
      <span className="unseen">Battery </span>
      <span className="battery-percent">{percent} %</span>
    </span>
  );
}

/** While the past is still coming in from a device that was away. */
export function BacklogMark({ minutes }: { minutes: number | null }) {
  if (minutes === null) return null;
  const words = `${minutes} min of the past are still coming from the device`;
  return (
    <span className="backlog" title={words}>
      <BacklogIcon />
      <span className="unseen">{words}</span>
      <span aria-hidden="true">{minutes} min</span>
    </span>
  );
}

export function LinkMark({
  connection,
  words = false,
}: {
  connection: string | null;
  words?: boolean;
}) {
  const text = connection ?? 'Connected';
  return (
    <span data-bad={connection !== null} title={`Device: ${text}`}>
      <LinkIcon connected={connection === null} />
      <span className={words ? '' : 'unseen'}>{text}</span>
    </span>
  );
}

export function ActivityMark({
  activity,
  posture = null,
}: {
  activity: ActivityClass | null;
  posture?: Posture | null;
}) {
  if (activity === null) return null;
  return (
    <span className="activity">
      <ActivityIcon activity={activity} />
      {activityWords(activity, posture)}
    </span>
  );
}

export function QualityMark({ quality }: { quality: number | null }) {
  if (quality === null) return null;
  const { steps, word } = qualityWords(quality);
  return (
    <span title={`Signal quality ${Math.round(quality * 100)} %`}>
      <QualityIcon steps={steps} />
      <span className="quality-word">Signal {word.toLowerCase()}</span>
    </span>
  );
}
