export type Route =
  | { page: 'home' }
  | { page: 'sign-in' }
  | { page: 'wall'; ward: string }
  | { page: 'admit'; ward: string }
  | { page: 'devices'; ward: string }
  | { page: 'alarm-log'; ward: string }
  | { page: 'ward-settings'; ward: string }
  | { page: 'patient'; patient: string }
  | { page: 'patient-settings'; patient: string }
  | { page: 'people' }
  | { page: 'audit' }
  | { page: 'models' }
  | { page: 'unknown' };

const UNKNOWN: Route = { page: 'unknown' };

/** The page of an address; see `addresses`. */
export function routeOf(pathname: string): Route {
  const parts = partsOf(pathname);
  if (parts === null) return UNKNOWN;
  const [first, second, third, ...rest] = parts;
  if (rest.length > 0) return UNKNOWN;
  if (first === undefined) return { page: 'home' };
  if (second === undefined) {
    return first === 'sign-in' || first === 'people' || first === 'audit' || first === 'models'
      ? { page: first }
      : UNKNOWN;
  }
  if (first === 'ward') return wardRoute(second, third);
  if (first === 'patients') {
    if (third === undefined) return { page: 'patient', patient: second };
    if (third === 'settings') return { page: 'patient-settings', patient: second };
  }
  return UNKNOWN;
}

function wardRoute(ward: string, page: string | undefined): Route {
  switch (page) {
    case undefined:
      return { page: 'wall', ward };
    case 'admit':
    case 'devices':
      return { page, ward };
    case 'alarms':
      return { page: 'alarm-log', ward };
    case 'settings':
      return { page: 'ward-settings', ward };
    default:
      return UNKNOWN;
  }
}

function partsOf(pathname: string): string[] | null {
  try {
    return pathname.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return null;
  }
}

const of = (...parts: string[]) => `/${parts.map(encodeURIComponent).join('/')}`;

export const addresses = {
  home: '/',
  signIn: '/sign-in',
  people: '/people',
  audit: '/audit',
  models: '/models',
  wall: (ward: string) => of('ward', ward),
  /** What is known already of who comes is filled in. */
  admit: (ward: string, known: { device?: string; bed?: string } = {}) => {
    const query = new URLSearchParams(known).toString();
    return of('ward', ward, 'admit') + (query === '' ? '' : `?${query}`);
  },
  devices: (ward: string) => of('ward', ward, 'devices'),
  alarmLog: (ward: string) => of('ward', ward, 'alarms'),
  wardSettings: (ward: string) => of('ward', ward, 'settings'),
  patient: (patient: string) => of('patients', patient),
  /** The patient's page as it was at that time, with that change of an alarm opened. */
  patientAt: (patient: string, atMs: number, eventId: string) => {
    const query = new URLSearchParams({ at: String(atMs), alarm: eventId });
    return `${of('patients', patient)}?${query}`;
  },
  patientSettings: (patient: string) => of('patients', patient, 'settings'),
};
