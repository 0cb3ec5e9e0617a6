import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type RequestOptions, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { startBuiltStation } from './built-station.js';

jest.setTimeout(60_000);

let folder: string;
let ca: string;
let station: Awaited<ReturnType<typeof startBuiltStation>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-over-tls-'));
  station = await startBuiltStation(folder, '--tls', 'local');
  ca = readFileSync(join(folder, 'tls/vigil-root.pem'), 'utf8');
});
afterAll(async () => {
  await station.stop();
  rmSync(folder, { recursive: true, force: true });
});

function send(
  path: string,
  options: RequestOptions,
  body = '',
): Promise<{ status: number; cookies: string[] }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      new URL(path, station.httpUrl),
      { ca, servername: 'localhost', ...options },
      (response) => {
        response.resume();
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            cookies: response.headers['set-cookie'] ?? [],
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

it('gives cookies for TLS alone, and takes no others', async () => {
  expect(station.signInUrl).toMatch(/^https:/);
  const token = new URL(station.signInUrl ?? '').hash.slice(1);
  const opened = await send(
    '/api/session/link',
    { method: 'POST', headers: { 'Content-Type': 'application/json' } },
    JSON.stringify({ token, password: 'three quiet lamps' }),
  );
  expect(opened.status).toBe(200);
  for (const cookie of opened.cookies) {
    expect(cookie).toMatch(
      /^__Host-vigil_\w+=[^;]+;( Max-Age=\d+;)? Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  }
  const cookie = opened.cookies[0]?.split(';')[0] ?? '';
  expect((await send('/api/people', { headers: { cookie } })).status).toBe(200);
  // set without TLS, by whoever sits in between, it would have to be named so
  const unprotected = cookie.replace('__Host-', '');
  expect((await send('/api/people', { headers: { cookie: unprotected } })).status).toBe(401);

  const socketWith = (headers: { cookie: string }) => {
    const socket = io(station.httpUrl, {
      ca,
      transports: ['websocket'],
      reconnection: false,
      extraHeaders: headers,
    });
    return new Promise<string>((resolve) => {
      socket.once('connect', () => resolve('connected'));
      socket.once('connect_error', ({ message }) => resolve(message));
    }).finally(() => socket.disconnect());
  };
  expect(await socketWith({ cookie })).toBe('connected');
  expect(await socketWith({ cookie: unprotected })).toBe('sign in first');
});

it('answers under every name that its certificate may have, to its own pages alone', async () => {
  const host = 'vigil.hospital.example:8443';
  expect((await send('/health/live', { headers: { host } })).status).toBe(200);
  const own = { host, origin: `https://${host}` };
  expect((await send('/health/live', { headers: own })).status).toBe(200);
  const strange = { host, origin: 'https://evil.example' };
  expect((await send('/health/live', { headers: strange })).status).toBe(403);
});
