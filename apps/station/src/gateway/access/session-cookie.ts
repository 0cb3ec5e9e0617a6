import { parseCookie, stringifySetCookie } from 'cookie';
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { PersonRole } from '@app/contracts';

/** The longest that browsers keep a cookie, s. */
const KIOSK_COOKIE_S = 400 * 86_400;

/** Of tokens and ids that we have made; anything longer is not ours. */
const MAX_CHARACTERS = 512;

/** Whether a request came over TLS to this server. What a proxy says about it is not believed. */
export function isEncrypted({ socket }: Pick<IncomingMessage, 'socket'>): boolean {
  return socket instanceof TLSSocket;
}

/** The secret of the request's session, or null. */
export function sessionToken(request: Pick<IncomingMessage, 'headers' | 'socket'>): string | null {
  return cookieOf(request, 'vigil_session');
}

/** One of our cookies, or null. */
export function cookieOf(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  name: string,
): string | null {
  const { cookie } = request.headers;
  if (cookie === undefined) return null;
  const value = parseCookie(cookie)[fullName(name, isEncrypted(request))];
  return value === undefined || value === '' || value.length > MAX_CHARACTERS ? null : value;
}

/**
 * `Set-Cookie` of a session. A display keeps its own for as long as a browser allows; a person's goes when the browser is
 * closed, if the session has not ended before.
 */
export function sessionCookie(encrypted: boolean, token: string, role: PersonRole): string {
  return ourCookie(encrypted, 'vigil_session', token, role === 'kiosk' ? KIOSK_COOKIE_S : null);
}

export function endedSessionCookie(encrypted: boolean): string {
  return ourCookie(encrypted, 'vigil_session', '', 0);
}

/** A cookie that no script can read, no other site can send, and no other host can set. */
export function ourCookie(
  encrypted: boolean,
  name: string,
  value: string,
  maxAgeSeconds: number | null,
): string {
  return stringifySetCookie({
    name: fullName(name, encrypted),
    value,
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    secure: encrypted,
    ...(maxAgeSeconds === null ? {} : { maxAge: maxAgeSeconds }),
  });
}

/** Under TLS browsers hold the name itself to its rules: secure, for all paths, set by this very host. */
function fullName(name: string, encrypted: boolean): string {
  return encrypted ? `__Host-${name}` : name;
}
