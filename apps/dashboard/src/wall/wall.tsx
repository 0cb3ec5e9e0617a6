import { trustOf } from '../station/liveness.js';
import type { StationView } from '../station/station.js';
import { AlarmStrip } from '../alarms/alarm-strip.js';
import { EmptyWard } from './empty-ward.js';
import { Tile } from './tile.js';

/** Every patient at a place of his own, by pseudonym. */
export function Wall({ view }: { view: StationView }) {
  const { ward, serverMs, liveness } = view;
  if (ward === null) return <Connecting />;
  if (ward.patients.size === 0) return <EmptyWard />;
  const trust = trustOf(liveness);
  return (
    <>
      <AlarmStrip view={view} />
      <main id="main" tabIndex={-1} className="ward">
        <h2 className="unseen">Patients</h2>
        <ul className="wall">
          {[...ward.patients.values()].map((state) => (
            <Tile key={state.patient} state={state} serverMs={serverMs} trust={trust} />
          ))}
        </ul>
      </main>
    </>
  );
}

function Connecting() {
  return (
    <main id="main" tabIndex={-1} className="message" aria-busy="true">
      <h2>Connecting to the station</h2>
      <p>Nothing is shown until the first fresh values are here.</p>
    </main>
  );
}
