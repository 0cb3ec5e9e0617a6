import type { StationView } from '../station/station.js';
import { HomePage } from '../ward/home-page.js';
import { Wall } from '../wall/wall.js';
import { Link } from './link.js';
import {
  AdmitPage,
  AlarmLogPage,
  AuditPage,
  DevicesPage,
  ModelsPage,
  PatientPage,
  PatientSettingsPage,
  PeoplePage,
  WardSettingsPage,
} from './pages.js';
import { addresses, type Route } from './route.js';

/** The wall is part of what comes first; other pages when they are opened. */
export function PageOf({ route, view }: { route: Route; view: StationView }) {
  switch (route.page) {
    case 'home':
    case 'sign-in':
      return <HomePage />;
    case 'wall':
      return <Wall key={route.ward} ward={route.ward} view={view} />;
    case 'admit':
      return <AdmitPage key={route.ward} ward={route.ward} view={view} />;
    case 'devices':
      return <DevicesPage key={route.ward} ward={route.ward} />;
    case 'alarm-log':
      return <AlarmLogPage key={route.ward} ward={route.ward} view={view} />;
    case 'ward-settings':
      return <WardSettingsPage key={route.ward} ward={route.ward} />;
    case 'patient':
      return <PatientPage key={route.patient} patient={route.patient} view={view} />;
    case 'patient-settings':
      return <PatientSettingsPage key={route.patient} patient={route.patient} view={view} />;
    case 'people':
      return <PeoplePage />;
    case 'audit':
      return <AuditPage />;
    case 'models':
      return <ModelsPage />;
    case 'unknown':
      return <UnknownPage />;
  }
}

function UnknownPage() {
  return (
    <main id="main" tabIndex={-1} className="message">
      <h2>There is no such page</h2>
      <Link className="button" to={addresses.home}>
        Back to the ward
      </Link>
    </main>
  );
}
