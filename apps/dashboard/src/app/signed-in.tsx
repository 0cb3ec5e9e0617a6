import { useEffect, useRef } from 'react';
import { AcknowledgeProvider } from '../alarms/acknowledge.js';
import { AlarmSpeech } from '../alarms/alarm-speech.js';
import { SessionBanners } from '../session/session-banners.js';
import { useSession } from '../session/use-session.js';
import type { StationView } from '../station/station.js';
import { patientWords } from '../ward/place-words.js';
import { rememberWard } from '../ward/remembered-ward.js';
import { useLastWard } from '../ward/use-last-ward.js';
import { WardsProvider, useWards } from '../ward/use-wards.js';
import { Banners } from './banners.js';
import { Header } from './header.js';
import { PageOf } from './page-of.js';
import { addresses, type Route } from './route.js';
import { titleOf } from './title.js';
import { navigate } from './use-route.js';
import { useStation, useStationView } from './use-station.js';
import { useWakeLock } from './use-wake-lock.js';

/** The dashboard of somebody who is signed in. */
export function SignedIn({ route }: { route: Route }) {
  return (
    <WardsProvider>
      <AcknowledgeProvider>
        <Frame route={route} />
      </AcknowledgeProvider>
    </WardsProvider>
  );
}

function Frame({ route }: { route: Route }) {
  const view = useStationView();
  const { nameOf } = useWards();
  const title = headingOf(route, view, nameOf);
  useEffect(() => {
    document.title = titleOf(view, title);
  }, [view, title]);
  useWakeLock(useSession().role === 'kiosk');
  useWardOf(route);
  useFocusOnArrival(route);
  useEffect(() => {
    if (route.page === 'sign-in') navigate(addresses.home, { replace: true });
  }, [route.page]);
  return (
    <>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <Header view={view} title={title} ofWard={'ward' in route || route.page === 'home'} />
      <Banners view={view} />
      <SessionBanners />
      <AlarmSpeech view={view} />
      <PageOf route={route} view={view} />
    </>
  );
}

/** Which ward is listened to: that of the page, or on a page of none the last one, so that its alarms go on. */
function useWardOf(route: Route): void {
  const station = useStation();
  const ward = 'ward' in route ? route.ward : null;
  useEffect(() => {
    if (ward === null) return;
    station.show(ward);
    rememberWard(ward);
  }, [station, ward]);
  useLastWard(['people', 'audit', 'models', 'unknown'].includes(route.page));
}

function headingOf(route: Route, view: StationView, nameOf: (ward: string) => string): string {
  switch (route.page) {
    case 'people':
      return 'People';
    case 'audit':
      return 'Audit';
    case 'models':
      return 'Models';
    case 'home':
    case 'sign-in':
    case 'unknown':
      return 'Vigil';
    case 'patient':
    case 'patient-settings': {
      const state = view.ward?.patients.get(route.patient);
      return state === undefined ? route.patient : patientWords(state);
    }
    default:
      return nameOf(route.ward);
  }
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
