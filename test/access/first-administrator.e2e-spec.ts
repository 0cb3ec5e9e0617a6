import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { LinkHolder, Session } from '@app/contracts';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, cookieHeader } from './ask.js';
import { startBuiltStation } from './built-station.js';

const PASSWORD = 'three quiet lamps';

jest.setTimeout(120_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-first-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a new station', () => {
  it('lets in whoever has the link that it says once, and nobody else', async () => {
    const station = await startBuiltStation(folder);
    const { httpUrl, signInUrl } = station;
    expect(signInUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sign-in#[\w-]{20,}$/);
    const token = new URL(signInUrl ?? '').hash.slice(1);
    for (const path of ['/api/patients', '/api/wards', '/api/people', '/api/audit'] as const) {
      expect([path, (await ask(httpUrl, `GET ${path}`)).status]).toEqual([path, 401]);
    }
    const holder = await ask<LinkHolder>(httpUrl, 'POST /api/session/link/check', {
      body: { token },
    });
    expect(holder.body).toEqual({
      name: 'Administrator',
      role: 'administrator',
      needsPassword: true,
    });
    const opened = await ask<Session>(httpUrl, 'POST /api/session/link', {
      body: { token, password: PASSWORD },
    });
    expect(opened.body).toMatchObject({ role: 'administrator', wards: 'all' });
    const headers = cookieHeader(opened.cookies);
    expect((await ask(httpUrl, 'GET /api/people', { headers })).status).toBe(200);
    const refused = await ask(httpUrl, 'POST /api/session', {
      body: { name: 'Administrator', password: 'not the password' },
    });
    expect(refused.status).toBe(401);
    await ask(httpUrl, 'POST /api/session', {
      headers,
      body: '{"name": "Administrator", "password": ',
    });
    await station.stop();

    // on standard output, in a line of its own, which the logger has not written
    const lines = station.said.stdout.split('\n').filter((line) => line.includes(token));
    expect(lines).toEqual([`  Sign in as administrator, once: ${signInUrl}`]);
    const all = station.said.stdout + station.said.stderr;
    const [session = ''] = /(?<=vigil_session=)[^;]+/.exec(headers.cookie) ?? [];
    expect(session.length).toBeGreaterThanOrEqual(32);
    for (const secret of [session, PASSWORD, 'not the password']) expect(all).not.toContain(secret);
    // neither is any of it kept: of tokens and passwords the registry has hashes
    for (const name of readdirSync(folder).filter((file) => file.startsWith('registry.db'))) {
      const bytes = readFileSync(join(folder, name));
      for (const secret of [token, session, PASSWORD]) expect(bytes.includes(secret)).toBe(false);
    }
  });

  it('makes a new link with every start until there is an administrator, then no more', async () => {
    const first = await startBuiltStation(folder);
    await first.stop();
    const second = await startBuiltStation(folder);
    const tokens = [first, second].map(({ signInUrl }) => new URL(signInUrl ?? '').hash.slice(1));
    const link = (token: string) =>
      ask(second.httpUrl, 'POST /api/session/link', { body: { token, password: PASSWORD } });
    expect((await link(tokens[0] ?? '')).status).toBe(404);
    expect((await link(tokens[1] ?? '')).status).toBe(200);
    await second.stop();
    const third = await startBuiltStation(folder);
    expect(third.signInUrl).toBeNull();
    expect(third.said.stdout).not.toMatch(/Sign in as administrator/);
    const signedIn = await ask(third.httpUrl, 'POST /api/session', {
      body: { name: 'Administrator', password: PASSWORD },
    });
    expect(signedIn.status).toBe(200);
    await third.stop();
  });
});
