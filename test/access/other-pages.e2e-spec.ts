import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { COMMAND_LINE } from '@app/registry';
import { request } from 'node:http';
import { addresses } from '../../apps/dashboard/src/app/route.js';
import {
  type GatewayApp,
  makeFolder,
  removeFolder,
  startGateway,
} from '../integration/gateway-app.js';
import { ask } from './ask.js';
import { openTwoWards } from './two-wards.js';

const PASSWORD = 'three quiet lamps';

let folder: string;
let gateway: GatewayApp;

beforeAll(async () => {
  folder = makeFolder();
  gateway = await startGateway(folder);
  await openTwoWards(gateway);
  const { token } = await gateway.registry.people.add(COMMAND_LINE, {
    name: 'Ada',
    role: 'nurse',
    wards: ['north'],
  });
  await gateway.registry.sessions.openByLink(token, PASSWORD);
});
afterAll(async () => {
  await gateway.close();
  removeFolder(folder);
});

/** As a browser sends it: `fetch` lets nobody set some of these headers. */
function send(
  route: string,
  headers: Record<string, string>,
  body = '',
): Promise<{ status: number; cookies: string[] }> {
  const [method = 'GET', path = '/'] = route.split(' ');
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, gateway.url), { method, headers }, (response) => {
      response.resume();
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          cookies: response.headers['set-cookie'] ?? [],
        }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

describe('a page of another origin', () => {
  const json = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ name: 'Ada', password: PASSWORD });

  it.each([
    ['another site', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    [
      'another port of this machine',
      { Origin: 'http://localhost:5173', 'Sec-Fetch-Site': 'same-site' },
    ],
    ['no origin that it would say', { Origin: 'null' }],
    ['an old browser', { Origin: 'http://127.0.0.1:1' }],
    [
      'a browser that says the site alone',
      { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' },
    ],
  ])('can do nothing with somebody’s cookie, from %s', async (_from, page) => {
    const { who, before } = { who: await gateway.signIn('administrator'), before: await count() };
    const headers = { ...json, ...who.headers, ...page };
    expect(await send('POST /api/session', headers, body)).toEqual({ status: 403, cookies: [] });
    expect((await send('DELETE /api/session', headers)).status).toBe(403);
    expect(
      (
        await send(
          'POST /api/people',
          headers,
          JSON.stringify({ name: 'Eve', role: 'administrator', wards: 'all' }),
        )
      ).status,
    ).toBe(403);
    expect((await send('GET /api/patients', headers)).status).toBe(403);
    expect(await count()).toBe(before);
    expect((await ask(gateway.url, 'GET /api/session', { headers: who.headers })).status).toBe(200);
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'name=Ada&password=three+quiet+lamps'],
    ['a form with files', 'multipart/form-data; boundary=x', '--x--'],
    ['text that looks like JSON', 'text/plain', body],
    ['JSON by another name', 'application/jsonp', body],
    ['nothing that says what it is', '', body],
  ])(
    'cannot send %s: only JSON is taken, for which a browser asks first',
    async (_what, type, text) => {
      const headers: Record<string, string> = type === '' ? {} : { 'Content-Type': type };
      expect(await send('POST /api/session', headers, text)).toEqual({ status: 415, cookies: [] });
    },
  );

  it('is not told that it may, when its browser asks', async () => {
    const preflight = await ask(gateway.url, 'OPTIONS /api/session', {
      headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' },
    });
    expect(preflight.status).toBe(403);
    for (const name of preflight.headers.keys()) expect(name).not.toMatch(/^access-control/);
  });

  it('may lead here by a link', async () => {
    const headers = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' };
    expect((await send('GET /health/live', headers)).status).toBe(200);
  });

  const count = async () => (await gateway.registry.people.list()).length;
});

describe('the dashboard’s own page', () => {
  it('is there under every address that it gives itself', async () => {
    const all = {
      home: addresses.home,
      signIn: addresses.signIn,
      people: addresses.people,
      audit: addresses.audit,
      models: addresses.models,
      wall: addresses.wall('north'),
      admit: addresses.admit('north', { bed: '1' }),
      devices: addresses.devices('north'),
      alarmLog: addresses.alarmLog('north'),
      wardSettings: addresses.wardSettings('north'),
      patient: addresses.patient('p-north'),
      patientAt: addresses.patientAt('p-north', 0, 'e1'),
      patientSettings: addresses.patientSettings('p-north'),
    } satisfies Record<keyof typeof addresses, string>;
    for (const [name, path] of Object.entries(all)) {
      const { status, body } = await ask(gateway.url, `GET ${path as `/${string}`}`);
      // the page, or that it was not built: never that there is none
      expect([name, status === 200 || /not built/.test(JSON.stringify(body))]).toEqual([
        name,
        true,
      ]);
    }
  });

  it('may use the camera, for codes, and nothing from elsewhere', async () => {
    const { headers } = await ask(gateway.url, 'GET /sign-in');
    expect(headers.get('permissions-policy')).toBe('camera=(self), geolocation=(), microphone=()');
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe/);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });
});
