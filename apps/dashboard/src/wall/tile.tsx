import type { PatientState } from '@app/contracts';
import { memo } from 'react';
import { AlarmBadge } from '../alarms/alarm-badge.js';
import { alarmsFirst, isCalling } from '../alarms/alarm-words.js';
import { pauseNow } from '../alarms/audio-pause.js';
import { Link } from '../app/link.js';
import { addresses } from '../app/route.js';
import type { Trust } from '../station/liveness.js';
import { THRESHOLDS } from '../thresholds.js';
import { patientWords } from '../ward/place-words.js';
import { age } from '../words.js';
import {
  ActivityMark,
  BacklogMark,
  BatteryMark,
  LinkMark,
  OriginMark,
  PauseMark,
  QualityMark,
} from './marks.js';
import { OffWard } from './off-ward.js';
import { Rate } from './rate.js';
import { RateScale } from './rate-scale.js';
import { SignalButton } from './signal-button.js';
import { TileSignal } from './tile-signal.js';
import { tileView } from './tile-view.js';

interface Props {
  state: PatientState;
  serverMs: number | null;
  trust: Trust;
  /** Whether the signal runs on the tile. */
  signal: boolean;
  onSignal: (patient: string) => void;
}

/** One patient of the wall. */
export const Tile = memo(function Tile({ state, serverMs, trust, signal, onSignal }: Props) {
  const shown = tileView(state, serverMs, trust);
  const { rate, ageMs, activity, quality, battery, movedHigh, connection, offWard } = shown;
  const who = patientWords(state);
  const pause = pauseNow(state.audioPause, serverMs);
  const [alarm, ...others] = alarmsFirst(state.alarms);
  return (
    <li
      className="tile"
      data-patient={state.patient}
      data-alarm={alarm?.priority}
      data-calling={alarm === undefined ? undefined : isCalling(alarm)}
      data-off-ward={offWard === null ? undefined : true}
      data-signal-open={signal || undefined}
    >
      <div className="tile-head">
        <Link className="tile-name" to={addresses.patient(state.patient)}>
          {who}
        </Link>
        <OriginMark origin={state.origin} />
        <div className="tile-marks">
          <PauseMark pause={pause} serverMs={serverMs} />
          <BacklogMark minutes={shown.backlogMinutes} />
          <BatteryMark battery={battery} />
          <LinkMark connection={connection} />
        </div>
      </div>
      <div className="tile-alarms">
        {alarm ? (
          <AlarmBadge
            alarm={alarm}
            serverMs={serverMs}
            who={who}
            paused={pause !== null}
            more={others.length}
          />
        ) : null}
        {offWard !== null && alarm === undefined ? <OffWard words={offWard} /> : null}
      </div>
      <Rate rate={rate} />
      {signal && trust !== 'blank' ? <TileSignal patient={state.patient} who={who} /> : null}
      <RateScale rate={rate} limits={state.limits} moved={movedHigh} />
      <div className="tile-foot">
        <ActivityMark activity={activity} />
        <QualityMark quality={quality} />
        <Age ageMs={ageMs} />
        <SignalButton patient={state.patient} who={who} open={signal} onToggle={onSignal} />
      </div>
    </li>
  );
});

/** How old the last value is: seconds matter, so they are always told. */
function Age({ ageMs }: { ageMs: number | null }) {
  if (ageMs === null) return null;
  return (
    <span
      className="age"
      data-old={ageMs > THRESHOLDS.valueOldAfter.value}
      title="Age of the value"
    >
      {age(ageMs)}
    </span>
  );
}
