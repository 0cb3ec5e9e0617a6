import { THRESHOLDS } from '../thresholds.js';
import { lostCauses, lostWords } from '../station/liveness.js';
import type { StationView } from '../station/station.js';
import { useSound } from '../sound/use-sound.js';
import { duration, timeOfDay } from '../words.js';

/** What a nurse has to know before she believes the rest: worst first. */
export function Banners({ view }: { view: StationView }) {
  return (
    <>
      <NotLive view={view} />
      <SoundBlocked />
      <ClockOff aheadMs={view.clockAheadMs} />
      {view.notices.length > 0 ? (
        <div className="banner" role="status">
          {view.notices.join(' · ')}
        </div>
      ) : null}
    </>
  );
}

function NotLive({ view: { liveness, notLiveSinceMs } }: { view: StationView }) {
  if (liveness.state !== 'not-live') return null;
  const since = notLiveSinceMs === null ? '' : ` since ${timeOfDay(notLiveSinceMs)}`;
  return (
    <div className="not-live" role="alert" title={lostCauses(liveness.parts)}>
      <span>
        NOT LIVE{since} — {lostWords(liveness.parts)}
      </span>
      <small className="consequence">
        {liveness.blank ? 'Look after patients by other means.' : 'Numbers below are old.'}
      </small>
    </div>
  );
}

function SoundBlocked() {
  const { state, box } = useSound();
  if (state === 'on') return null;
  if (state === 'unavailable') {
    return <div className="banner warning">This browser cannot sound alarms. Use another one.</div>;
  }
  return (
    <button type="button" className="banner warning" onClick={() => void box.test('low')}>
      <span>
        {state === 'stalled' ? (
          <>
            <strong>Sound has stopped:</strong> this computer plays nothing, and no alarm can be
            heard here. Look at its sound device, then press to test.
          </>
        ) : (
          <>
            <strong>Sound is blocked:</strong> click anywhere, and alarms can be heard.
          </>
        )}
      </span>
    </button>
  );
}

function ClockOff({ aheadMs }: { aheadMs: number | null }) {
  if (aheadMs === null || Math.abs(aheadMs) <= THRESHOLDS.clockSkew.value) return null;
  const direction = aheadMs > 0 ? 'ahead of' : 'behind';
  return (
    <div className="banner">
      The clock of this computer is {duration(Math.abs(aheadMs))} {direction} the station's. All
      times on this screen are the station's.
    </div>
  );
}
