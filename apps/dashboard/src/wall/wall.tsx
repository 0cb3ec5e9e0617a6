import type { CSSProperties } from 'react';
import { AlarmStrip } from '../alarms/alarm-strip.js';
import { Link } from '../app/link.js';
import { addresses } from '../app/route.js';
import { useMay } from '../session/use-session.js';
import { trustOf } from '../station/liveness.js';
import type { StationView } from '../station/station.js';
import { whoseWords } from '../ward/place-words.js';
import { useWards } from '../ward/use-wards.js';
import { EmptyWard } from './empty-ward.js';
import { FreeBed } from './free-bed.js';
import { StrayStrip } from './stray-strip.js';
import { Tile } from './tile.js';
import { useOpenSignals } from './use-open-signals.js';
import { WallFoot } from './wall-foot.js';
import { placesOf } from './wall-order.js';
import { rowsOfMany, wallSize } from './wall-size.js';

const NO_BEDS: readonly string[] = [];

/** Every bed at a place of its own, in the order of the ward. */
export function Wall({ ward: id, view }: { ward: string; view: StationView }) {
  const { ward, serverMs, liveness, refusal } = view;
  const { wards } = useWards();
  const mayAdmit = useMay()('manage-patients', id);
  const { open, toggle } = useOpenSignals(id, (patient) => ward?.patients.has(patient) ?? false);
  if (view.place !== id || ward === null || refusal !== null) {
    return <Connecting refusal={refusal} />;
  }
  const beds = wards?.find((known) => known.ward === id)?.beds.map(({ bed }) => bed) ?? NO_BEDS;
  const places = placesOf(beds, ward.patients.values());
  const trust = trustOf(liveness);
  return (
    <>
      <AlarmStrip view={view} />
      <main id="main" tabIndex={-1} className="ward">
        <h2 className="unseen">Patients</h2>
        {places.length === 0 ? (
          <EmptyWard ward={id} />
        ) : (
          <ul
            className="wall"
            data-size={wallSize(places.length)}
            style={{ '--rows': rowsOfMany(places.length) } as CSSProperties}
          >
            {places.map((place) =>
              place.kind === 'patient' ? (
                <Tile
                  key={place.key}
                  state={place.state}
                  serverMs={serverMs}
                  trust={trust}
                  signal={open.patients.includes(place.state.patient)}
                  onSignal={toggle}
                />
              ) : (
                <FreeBed key={place.key} bed={place.bed} ward={mayAdmit ? id : null} />
              ),
            )}
          </ul>
        )}
        <StrayStrip ward={id} strays={ward.strays} serverMs={serverMs} mayAdmit={mayAdmit} />
        <WallFoot
          canary={view.canary}
          closed={open.closed === null ? null : whoseWords(ward, open.closed)}
        />
      </main>
    </>
  );
}

function Connecting({ refusal }: { refusal: string | null }) {
  if (refusal !== null) {
    return (
      <main id="main" tabIndex={-1} className="message">
        <h2>This ward is not shown to you</h2>
        <p>{refusal}</p>
        <Link className="button" to={addresses.home}>
          Your wards
        </Link>
      </main>
    );
  }
  return (
    <main id="main" tabIndex={-1} className="message" aria-busy="true">
      <h2>Connecting to the station</h2>
      <p>Nothing is shown until the first fresh values are here.</p>
    </main>
  );
}
