import { describe, expect, it } from '@jest/globals';
import { TLSSocket } from 'node:tls';
import { Socket } from 'node:net';
import { endedSessionCookie, sessionCookie, sessionToken } from './session-cookie.js';

const plain = new Socket();
const tls = new TLSSocket(new Socket());

describe('the cookie of a session', () => {
  it('is for no script, no other site and no other path', () => {
    expect(sessionCookie(false, 'abc', 'nurse')).toBe(
      'vigil_session=abc; Path=/; HttpOnly; SameSite=Strict',
    );
  });

  it('is, over TLS, for TLS alone and for this host alone', () => {
    expect(sessionCookie(true, 'abc', 'nurse')).toBe(
      '__Host-vigil_session=abc; Path=/; HttpOnly; Secure; SameSite=Strict',
    );
  });

  it('stays on a wall display when it is switched off and on again', () => {
    expect(sessionCookie(false, 'abc', 'kiosk')).toMatch(/Max-Age=34560000/);
  });

  it('goes at once when the session ends', () => {
    expect(endedSessionCookie(true)).toMatch(/^__Host-vigil_session=; Max-Age=0;.*Secure/);
  });

  it.each([
    [{ cookie: 'vigil_session=abc' }, plain, 'abc'],
    [{ cookie: 'a=b; vigil_session=abc; c=d' }, plain, 'abc'],
    [{ cookie: '__Host-vigil_session=abc' }, tls, 'abc'],
    // over TLS a cookie that was set without it, by whoever sits in between, is not ours
    [{ cookie: 'vigil_session=abc' }, tls, null],
    [{ cookie: '__Host-vigil_session=abc' }, plain, null],
    [{ cookie: 'vigil_session=' }, plain, null],
    [{ cookie: `vigil_session=${'a'.repeat(5000)}` }, plain, null],
    [{ cookie: 'vigil_session2=abc' }, plain, null],
    [{}, plain, null],
  ])('is read from %j', (headers, socket, token) => {
    expect(sessionToken({ headers, socket })).toBe(token);
  });
});
