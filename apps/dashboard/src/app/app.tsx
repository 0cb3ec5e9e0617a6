import { useEffect, useRef } from 'react';
import { AcknowledgeProvider } from '../alarms/acknowledge.js';
import { AlarmSpeech } from '../alarms/alarm-speech.js';
import { alarmsFirst, alarmLine, isCalling, PRIORITY_WORDS } from '../alarms/alarm-words.js';
import { PatientPage } from '../patient/patient-page.js';
import type { StationView } from '../station/station.js';
import { Wall } from '../wall/wall.js';
import { Banners } from './banners.js';
import { Header } from './header.js';
import { Link } from './link.js';
import type { Route } from './route.js';
import { useRoute } from './use-route.js';
import { useStationView } from './use-station.js';

export function App() {
  const view = useStationView();
  const route = useRoute();
  useEffect(() => {
    document.title = titleOf(view);
  }, [view]);
  useFocusOnArrival(route);
  return (
    <AcknowledgeProvider>
      <a className="skip" href="#main">
        Skip to patients
      </a>
      <Header view={view} title={route.page === 'patient' ? route.patient : 'Ward'} />
      <Banners view={view} />
      <AlarmSpeech view={view} />
      {route.page === 'wall' ? <Wall view={view} /> : null}
      {route.page === 'patient' ? (
        <PatientPage key={route.patient} patient={route.patient} view={view} />
      ) : null}
      {route.page === 'unknown' ? <UnknownPage /> : null}
    </AcknowledgeProvider>
  );
}

/** After a change of page the keyboard, and a screen reader, begin at its content. */
function useFocusOnArrival(route: Route): void {
  const place = JSON.stringify(route);
  const before = useRef(place);
  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [place]);
}

/** What a tab among others says: alarms and the loss of life before anything else. */
function titleOf({ liveness, ward }: StationView): string {
  if (liveness.state === 'not-live') return 'NOT LIVE – Vigil';
  const calls = alarmsFirst([...(ward?.patients.values() ?? [])].flatMap((p) => p.alarms)).filter(
    isCalling,
  );
  const [first] = calls;
  if (first === undefined) return 'Vigil';
  return `${PRIORITY_WORDS[first.priority].mark} ${first.patient} ${alarmLine(first)} – Vigil`;
}

function UnknownPage() {
  return (
    <main id="main" tabIndex={-1} className="message">
      <h2>There is no such page</h2>
      <Link className="button" to="/">
        Back to the ward
      </Link>
    </main>
  );
}
