export type Route = { page: 'wall' } | { page: 'patient'; patient: string } | { page: 'unknown' };

/** The page of an address: `/`, or `/patients/<pseudonym>`. */
export function routeOf(pathname: string): Route {
  const path = pathname.replace(/\/+$/, '');
  if (path === '') return { page: 'wall' };
  const patient = /^\/patients\/([^/]+)$/.exec(path)?.[1];
  if (patient === undefined) return { page: 'unknown' };
  try {
    return { page: 'patient', patient: decodeURIComponent(patient) };
  } catch {
    return { page: 'unknown' };
  }
}

export function addressOf(patient: string): string {
  return `/patients/${encodeURIComponent(patient)}`;
}
