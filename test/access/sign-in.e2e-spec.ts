import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuditEntry, LinkHolder, Session, SignInLink } from '@app/contracts';
import { COMMAND_LINE } from '@app/registry';
import { request } from 'node:http';
import { ACCESS_LIMITS } from '../../apps/station/src/gateway/access/access-limits.js';
import {
  type GatewayApp,
  makeFolder,
  removeFolder,
  startGateway,
} from '../integration/gateway-app.js';
import { ask, cookieHeader } from './ask.js';

const PASSWORD = 'three quiet lamps';

let folder: string;
let gateway: GatewayApp;

beforeEach(async () => {
  folder = makeFolder();
  gateway = await startGateway(folder);
});
afterEach(async () => {
  await gateway.close();
  removeFolder(folder);
});

const linkFor = (name: string): Promise<SignInLink> =>
  gateway.registry.people.add(COMMAND_LINE, { name, role: 'nurse', wards: 'all' });

const byLink = (token: string, password: string | null = PASSWORD, headers = {}) =>
  ask<Session>(gateway.url, 'POST /api/session/link', { headers, body: { token, password } });

const byPassword = (name: string, password = PASSWORD, headers = {}) =>
  ask<Session>(gateway.url, 'POST /api/session', { headers, body: { name, password } });

const session = (headers: { cookie: string }) =>
  ask<Session>(gateway.url, 'GET /api/session', { headers });

async function person(name: string): Promise<{ cookie: string }> {
  const { token } = await linkFor(name);
  return cookieHeader((await byLink(token)).cookies);
}

describe('signing in', () => {
  it('goes by a link and a first password, then by name and password', async () => {
    const { token } = await linkFor('Ada');
    const holder = await ask<LinkHolder>(gateway.url, 'POST /api/session/link/check', {
      body: { token },
    });
    expect(holder.body).toEqual({ name: 'Ada', role: 'nurse', needsPassword: true });
    const first = await byLink(token);
    expect(first).toMatchObject({
      status: 200,
      body: { name: 'Ada', role: 'nurse', wards: 'all' },
    });
    expect((await session(cookieHeader(first.cookies))).body).toMatchObject({ name: 'Ada' });

    const later = await byPassword('ada');
    expect(later).toMatchObject({ status: 200, body: { name: 'Ada' } });
    expect((await session(cookieHeader(later.cookies))).status).toBe(200);
  });

  it('gives cookies that no script reads and no other site sends, and no token anywhere else', async () => {
    const { token } = await linkFor('Ada');
    const { cookies, body } = await byLink(token);
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies) expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
    const [secret = ''] = /(?<=vigil_session=)[^;]+/.exec(cookies.join()) ?? [];
    expect(secret.length).toBeGreaterThanOrEqual(32);
    expect(JSON.stringify(body)).not.toContain(secret);
  });

  it('uses a link up: a second time, or after another, it is worth nothing', async () => {
    const { token } = await linkFor('Ada');
    expect((await byLink(token)).status).toBe(200);
    const again = await byLink(token, 'another password');
    expect(again).toMatchObject({ status: 404, cookies: [] });
    expect((again.body as unknown as { message: string }).message).toMatch(
      /used, replaced or is too old/,
    );

    const older = await linkFor('Ben');
    const newer = await gateway.registry.people.link(COMMAND_LINE, older.person);
    expect((await byLink(older.token)).status).toBe(404);
    expect((await byLink(newer.token)).status).toBe(200);
  });

  it('leaves a link alone when the password will not do', async () => {
    const { token } = await linkFor('Ada');
    for (const password of ['short', '', null]) {
      const answer = await byLink(token, password);
      expect([password, answer.status, answer.cookies]).toEqual([password, 400, []]);
    }
    expect((await byLink(token)).status).toBe(200);
  });

  it('changes the secret: one that was there before opens nothing any more', async () => {
    const ada = await person('Ada');
    const { token } = await linkFor('Ben');
    const ben = await byLink(token, PASSWORD, ada);
    expect(cookieHeader(ben.cookies).cookie).not.toBe(ada.cookie);
    expect((await session(ada)).status).toBe(401);
    expect((await session(cookieHeader(ben.cookies))).body).toMatchObject({ name: 'Ben' });

    const planted = { cookie: 'vigil_session=chosen-by-somebody-else' };
    const { cookies } = await byPassword('Ben', PASSWORD, planted);
    expect(cookies.join()).not.toContain('chosen-by-somebody-else');
    expect((await session(planted)).status).toBe(401);
  });

  it('ends with signing out, at once and for good', async () => {
    const ada = await person('Ada');
    const out = await ask(gateway.url, 'DELETE /api/session', { headers: ada });
    expect(out.status).toBe(204);
    expect(out.cookies.join()).toMatch(/vigil_session=; Max-Age=0/);
    expect((await session(ada)).status).toBe(401);
  });

  it('answers the same to an unknown name as to a wrong password, after as long', async () => {
    await person('Ada');
    const time = async (name: string) => {
      const started = performance.now();
      const { status, body } = await byPassword(name, 'not the password');
      return { status, body, ms: performance.now() - started };
    };
    /** The shorter of two: what else the machine does only makes it longer. */
    const shorter = async (name: string) => {
      const [one, other] = [await time(name), await time(name)];
      return one.ms < other.ms ? one : other;
    };
    const wrong = await shorter('Ada');
    const unknown = await shorter('Nobody Of This Name');
    expect(wrong.status).toBe(401);
    expect(unknown.body).toEqual(wrong.body);
    // both hash a password, which takes tens of ms; without it the answer would be there within a few
    expect(unknown.ms).toBeGreaterThan(wrong.ms / 4);
  });

  it('keeps nobody signed in who was made inactive', async () => {
    const ada = await person('Ada');
    const { body } = await session(ada);
    await gateway.registry.people.change(COMMAND_LINE, body.person, { active: false });
    expect((await session(ada)).status).toBe(401);
    expect((await byPassword('Ada')).status).toBe(401);
  });
});

describe('one’s own password', () => {
  it('is changed with the present one, and ends the sessions elsewhere', async () => {
    const here = await person('Ada');
    const there = cookieHeader((await byPassword('Ada')).cookies);
    const change = (current: string) =>
      ask(gateway.url, 'POST /api/session/password', {
        headers: here,
        body: { current, password: 'four loud trumpets' },
      });
    expect((await change('not the password')).status).toBe(401);
    expect((await session(there)).status).toBe(200);
    expect((await change(PASSWORD)).status).toBe(200);
    expect((await session(here)).status).toBe(200);
    expect((await session(there)).status).toBe(401);
    expect((await byPassword('Ada')).status).toBe(401);
    expect((await byPassword('Ada', 'four loud trumpets')).status).toBe(200);
  });
});

describe('whoever guesses', () => {
  const guess = (name: string, headers = {}) => byPassword(name, 'not the password', headers);

  it('has to wait, and is told how long', async () => {
    await person('Ada');
    for (let n = 0; n < ACCESS_LIMITS.failuresPerName; n++)
      expect((await guess('Ada')).status).toBe(401);
    const slowed = await guess('ADA ');
    expect(slowed.status).toBe(429);
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(slowed.body).toMatchObject({ message: expect.stringMatching(/try again in \d+ s/) });
    // the right password does not help from there: otherwise it could be found by trying on
    expect((await byPassword('Ada')).status).toBe(429);
  });

  it('locks out nobody at another address', async () => {
    await person('Ada');
    const from = (localAddress: string, password: string) =>
      new Promise<number>((resolve, reject) => {
        const asked = request(
          new URL('/api/session', gateway.url),
          { method: 'POST', localAddress, headers: { 'Content-Type': 'application/json' } },
          (response) => {
            response.resume();
            response.on('end', () => resolve(response.statusCode ?? 0));
          },
        );
        asked.on('error', reject);
        asked.end(JSON.stringify({ name: 'Ada', password }));
      });
    for (let n = 0; n < ACCESS_LIMITS.failuresPerName; n++) {
      expect(await from('127.0.0.66', 'not the password')).toBe(401);
    }
    expect(await from('127.0.0.66', PASSWORD)).toBe(429);
    expect(await from('127.0.0.7', PASSWORD)).toBe(200);
  });

  it('locks out nobody in a browser that has signed in before, behind the same address as it is', async () => {
    const { token } = await linkFor('Ada');
    const { cookies } = await byLink(token);
    const browser = {
      cookie:
        cookies.map((one) => one.split(';')[0]).find((one) => !one?.startsWith('vigil_session')) ??
        '',
    };
    expect(browser.cookie).toMatch(/^vigil_browser=/);
    for (let n = 0; n <= ACCESS_LIMITS.failuresPerAddress; n++)
      await guess(n % 2 === 0 ? 'Ada' : `Name ${n}`);
    expect((await guess('Ada')).status).toBe(429);
    expect((await byPassword('Ada', PASSWORD, browser)).status).toBe(200);
    // that browser is no way to guess either, and says nothing for another name
    for (let n = 0; n < ACCESS_LIMITS.failuresPerName; n++)
      expect((await guess('Ada', browser)).status).toBe(401);
    expect((await guess('Ada', browser)).status).toBe(429);
    expect((await guess('Ben', browser)).status).toBe(429);
  }, 60_000);

  it('leaves two entries in the audit, and no password of anybody in it', async () => {
    await person('Ada');
    for (let n = 0; n < ACCESS_LIMITS.failuresPerName + 5; n++) await guess('Ada');
    await byPassword('my secret password', 'in the wrong field');
    const entries: AuditEntry[] = await gateway.registry.audit.query({ limit: 100 });
    const refused = entries.filter(({ action }) => /refused|slowed/.test(action));
    const people = await gateway.registry.people.list();
    const ada = people.find(({ name }) => name === 'Ada')?.person;
    expect(refused.map(({ action, subject }) => [action, subject])).toEqual([
      ['session.refused', 'unknown'],
      ['session.slowed', ada],
      ['session.refused', ada],
    ]);
    expect(JSON.stringify(entries)).not.toMatch(
      /my secret password|in the wrong field|not the password/,
    );
  });
});
