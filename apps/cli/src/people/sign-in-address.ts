/** Where a one-time link leads. The token stands behind `#`, which no browser sends and no server logs. */
export function signInAddress(stationUrl: string, token: string): string {
  return `${new URL('/sign-in', stationUrl).href}#${token}`;
}
