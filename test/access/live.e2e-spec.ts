import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type PersonRole,
  type Reply,
  type Room,
  type Session,
  type Snapshot,
  decodeWardRecord,
  partitionOf,
} from '@app/contracts';
import { COMMAND_LINE, drainOutbox } from '@app/registry';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import {
  type Dashboard,
  type GatewayApp,
  makeFolder,
  next,
  removeFolder,
  startGateway,
  until,
} from '../integration/gateway-app.js';
import { alarmOf, appendEvents } from '../integration/gateway-records.js';
import type { SignedIn } from '../integration/signed-in.js';
import { ask } from './ask.js';
import { openTwoWards } from './two-wards.js';

const PASSWORD = 'three quiet lamps';
/** What is promised, and time for a busy machine. */
const WITHIN_MS = 2000;

let folder: string;
let gateway: GatewayApp;

beforeEach(async () => {
  folder = makeFolder();
  gateway = await startGateway(folder);
  await openTwoWards(gateway);
});
afterEach(async () => {
  await gateway.close();
  removeFolder(folder);
});

const watch = async (socket: Dashboard, room: Room): Promise<Snapshot> => {
  const answer = await socket.emitWithAck('watch', room);
  if ('error' in answer) throw new Error(answer.error);
  return answer;
};

const open = async (role: PersonRole, wards: string[] | 'all', ...rooms: Room[]) => {
  const who = await gateway.signIn(role, wards);
  const socket = await gateway.dashboard(who.headers);
  for (const room of rooms) await watch(socket, room);
  return { who, socket };
};

/** Updates of a room that come while something else is done. */
function count(socket: Dashboard): { updates: number } {
  const counted = { updates: 0 };
  socket.on('update', () => counted.updates++);
  return counted;
}

async function within<T>(happening: Promise<T>): Promise<T> {
  const started = performance.now();
  const value = await happening;
  expect(performance.now() - started).toBeLessThan(WITHIN_MS);
  return value;
}

const closed = (socket: Dashboard) =>
  new Promise<string>((resolve) => socket.once('disconnect', resolve));

/** Changes what the wall shows of the patient in the north. */
let raised = 0;
const raise = () =>
  appendEvents(gateway.journal, 'p-north', alarmOf('p-north', `e${++raised}`, { atMs: raised }));

/** Until a change has come through to a socket that may see it, and so would have come to others. */
async function seenByAdministrator(): Promise<void> {
  const { socket } = await open('administrator', 'all', 'ward/north');
  const seen = next(socket, 'update');
  await raise();
  await seen;
}

describe('an open socket', () => {
  it('hears at once of another role, and loses what that role may not', async () => {
    const { who, socket } = await open('nurse', ['north'], 'ward/north', 'patient/p-north');
    const heard = next(socket, 'session');
    await gateway.registry.people.change(COMMAND_LINE, who.person, { role: 'viewer' });
    expect(await within(heard)).toMatchObject({ role: 'viewer', wards: ['north'] });
    const answer = await socket.emitWithAck('acknowledge', {
      patient: 'p-north',
      alarmId: 'a',
      note: null,
    });
    expect(answer).toEqual({ ok: false, error: expect.stringMatching(/^you may not do this/) });
    // it may see as before
    const seen = next(socket, 'update');
    await raise();
    await seen;
  });

  it('leaves the rooms of a ward that is taken away', async () => {
    const { who, socket } = await open(
      'nurse',
      ['north', 'south'],
      'ward/north',
      'patient/p-north',
      'ward/south',
    );
    const heard = next(socket, 'session');
    await gateway.registry.people.change(COMMAND_LINE, who.person, { wards: ['south'] });
    await within(heard);
    const counted = count(socket);
    await seenByAdministrator();
    expect(counted.updates).toBe(0);
    await expect(watch(socket, 'ward/north')).rejects.toThrow(/may not/);
    await expect(watch(socket, 'patient/p-north')).rejects.toThrow(/may not/);
    expect((await watch(socket, 'ward/south')).patients.map(({ patient }) => patient)).toEqual([
      'p-south',
    ]);
  });

  it('does not keep a patient who goes to another ward', async () => {
    const { socket } = await open('nurse', ['north'], 'patient/p-north');
    await gateway.registry.patients.transfer(COMMAND_LINE, 'p-north', 'south', null);
    await drainOutbox(gateway.registry, gateway.journal);
    await until(async () =>
      'error' in (await socket.emitWithAck('watch', 'patient/p-north')) ? true : null,
    );
    const { socket: south } = await open('nurse', ['south'], 'patient/p-north');
    const seen = next(south, 'update');
    const counted = count(socket);
    await raise();
    await seen;
    expect(counted.updates).toBe(0);
  });

  it.each([
    [
      'signs out',
      (who: SignedIn) => ask(gateway.url, 'DELETE /api/session', { headers: who.headers }),
    ],
    [
      'is made inactive',
      (who: SignedIn) =>
        gateway.registry.people.change(COMMAND_LINE, who.person, { active: false }),
    ],
  ])('is told, and closed, when its person %s', async (_what, end) => {
    const { who, socket } = await open('nurse', ['north'], 'ward/north');
    const heard = next(socket, 'session');
    const gone = closed(socket);
    await end(who);
    expect(await within(heard)).toBeNull();
    expect(await within(gone)).toBe('io server disconnect');
    await expect(gateway.dashboard(who.headers)).rejects.toThrow('sign in first');
  });

  it('is looked at with every event, not only now and then', async () => {
    const { who, socket } = await open('nurse', ['north'], 'ward/north');
    const heard: (Session | null)[] = [];
    socket.on('session', (session) => heard.push(session));
    await gateway.registry.people.change(COMMAND_LINE, who.person, { wards: ['south'] });
    expect(await socket.emitWithAck('watch', 'ward/north')).toEqual({
      ok: false,
      error: expect.stringMatching(/^you may not do this/),
    });
    expect(heard.map((session) => session?.wards)).toEqual([['south']]);
    await gateway.registry.sessions.close(COMMAND_LINE, who.token);
    expect(await socket.emitWithAck('watch', 'ward/south')).toEqual({
      ok: false,
      error: 'sign in first',
    });
  });

  it('keeps the order of its events while the registry is asked', async () => {
    const { socket } = await open('nurse', ['north']);
    const rooms: Room[] = ['ward/north', 'patient/p-north', 'ward/north'];
    const answers: string[] = [];
    const all = rooms.map(async (room) => {
      const answer = await socket.emitWithAck('watch', room);
      answers.push('error' in answer ? answer.error : answer.room);
    });
    await Promise.all(all);
    expect(answers).toEqual(rooms);
  });

  it('is not opened by a cookie that is none', async () => {
    for (const cookie of ['', 'vigil_session=', 'vigil_session=abc', '__Host-vigil_session=abc']) {
      await expect(gateway.dashboard({ cookie })).rejects.toThrow('sign in first');
    }
  });
});

describe('emergency access', () => {
  const emergency = (headers: { cookie: string }, body: unknown) =>
    ask<Session>(gateway.url, 'POST /api/session/emergency', { headers, body });

  it('opens another ward to look at, with a reason, is in the audit, and ends', async () => {
    const { who, socket } = await open('nurse', ['south']);
    await expect(watch(socket, 'ward/north')).rejects.toThrow(/may not/);
    for (const reason of ['', '   ', 'x', 'r\u0007eason enough']) {
      expect([reason, (await emergency(who.headers, { ward: 'north', reason })).status]).toEqual([
        reason,
        400,
      ]);
    }
    expect((await emergency(who.headers, { ward: 'nowhere', reason: 'helping out' })).status).toBe(
      404,
    );
    const heard = next(socket, 'session');
    const opened = await emergency(who.headers, {
      ward: 'north',
      reason: 'all hands in the north',
    });
    expect(opened.body.emergency).toEqual([{ ward: 'north', untilMs: expect.any(Number) }]);
    expect((await within(heard))?.emergency).toHaveLength(1);
    expect((await watch(socket, 'ward/north')).patients).toHaveLength(1);
    const [entry] = await gateway.registry.audit.query({ action: 'session.ward-opened' });
    expect(entry).toMatchObject({
      person: who.person,
      ward: 'north',
      reason: 'all hands in the north',
    });

    // an hour is over: what is stored of it says so, and any change makes the gateway look
    const ended = next(socket, 'session', (session) => session?.emergency.length === 0);
    const database = new DatabaseSync(join(folder, 'registry.db'));
    const untilMs = Math.round(Date.now()) + 1500;
    database
      .prepare('UPDATE sessions SET emergency = ? WHERE person = ?')
      .run(JSON.stringify([{ ward: 'north', untilMs }]), who.person);
    database.close();
    await gateway.registry.wards.rename(COMMAND_LINE, 'south', 'The south');
    await ended;
    await expect(watch(socket, 'ward/north')).rejects.toThrow(/may not/);
    const counted = count(socket);
    await seenByAdministrator();
    expect(counted.updates).toBe(0);
  });
});

describe('a wall display', () => {
  async function display() {
    const link = await gateway.registry.people.add(COMMAND_LINE, {
      name: 'Display north',
      role: 'kiosk',
      wards: ['north'],
    });
    const opened = await ask<Session>(gateway.url, 'POST /api/session/link', {
      body: { token: link.token, password: null },
    });
    expect(opened.status).toBe(200);
    const [cookie = ''] = opened.cookies;
    expect(cookie).toMatch(/Max-Age=34560000/);
    return { cookie: cookie.split(';')[0] ?? '' };
  }

  async function nurse(name: string): Promise<void> {
    const link = await gateway.registry.people.add(COMMAND_LINE, {
      name,
      role: 'nurse',
      wards: ['north'],
    });
    await gateway.registry.sessions.openByLink(link.token, PASSWORD);
  }

  const limits = async (headers: { cookie: string }) => {
    const ward = await gateway.registry.wards.find('north');
    return ask(gateway.url, 'PUT /api/patients/p-north/limits', {
      headers,
      body: { limits: { ...ward?.limits, heartRateHighBpm: 130 } },
    });
  };

  it('signs in without a password, and changes nothing until a person acts there', async () => {
    const headers = await display();
    await nurse('Ada');
    // it is on for years: its cookie begins anew whenever its page does
    const { cookies } = await ask(gateway.url, 'GET /api/session', { headers });
    expect(cookies).toEqual([expect.stringMatching(/^vigil_session=.*Max-Age=34560000/)]);
    const socket = await gateway.dashboard(headers);
    expect((await watch(socket, 'ward/north')).patients).toHaveLength(1);
    expect((await limits(headers)).status).toBe(403);
    const act = (password: string) =>
      ask<Session>(gateway.url, 'POST /api/session/acting', {
        headers,
        body: { name: 'Ada', password },
      });
    expect((await act('not the password')).status).toBe(401);
    expect((await limits(headers)).status).toBe(403);
    const heard = next(socket, 'session');
    const acting = await act(PASSWORD);
    expect(acting.body).toMatchObject({ role: 'kiosk', acting: { name: 'Ada', role: 'nurse' } });
    expect(acting.cookies).toEqual([]);
    expect((await within(heard))?.acting?.name).toBe('Ada');
    expect((await limits(headers)).status).toBe(200);
    const [entry] = await gateway.registry.audit.query({ subject: 'p-north', limit: 1 });
    expect(entry).toMatchObject({ name: 'Ada', role: 'nurse' });

    const done = await ask<Session>(gateway.url, 'DELETE /api/session/acting', { headers });
    expect(done.body.acting).toBeNull();
    expect((await limits(headers)).status).toBe(403);
  });

  it('opens no other ward in an emergency, and has no password to change', async () => {
    const headers = await display();
    await nurse('Ada');
    await ask(gateway.url, 'POST /api/session/acting', {
      headers,
      body: { name: 'Ada', password: PASSWORD },
    });
    const emergency = await ask(gateway.url, 'POST /api/session/emergency', {
      headers,
      body: { ward: 'south', reason: 'nobody else is here' },
    });
    expect(emergency.status).toBe(403);
    const password = await ask(gateway.url, 'POST /api/session/password', {
      headers,
      body: { current: PASSWORD, password: 'four loud trumpets' },
    });
    expect(password.status).toBe(403);
  });

  it('acknowledges with one tap, in its own name, or in that of who acts there', async () => {
    const headers = await display();
    await nurse('Ada');
    const socket = await gateway.dashboard(headers);
    await watch(socket, 'patient/p-north');
    const acknowledge = async (alarmId: string): Promise<Reply> => {
      const shown = next(socket, 'update', ({ patients }) =>
        patients.some(({ alarms }) => alarms.some((alarm) => alarm.alarmId === alarmId)),
      );
      await appendEvents(gateway.journal, 'p-north', alarmOf('p-north', alarmId, { alarmId }));
      await shown;
      return socket.emitWithAck('acknowledge', { patient: 'p-north', alarmId, note: 'seen' });
    };
    expect(await acknowledge('first')).toEqual({ ok: true });
    await ask(gateway.url, 'POST /api/session/acting', {
      headers,
      body: { name: 'Ada', password: PASSWORD },
    });
    expect(await acknowledge('second')).toEqual({ ok: true });
    const partition = partitionOf('p-north', gateway.journal.partitions);
    const records = await gateway.journal.read('ward', partition, 0, 100);
    const names = records
      .map(({ value }) => decodeWardRecord(value))
      .flatMap((record) => (record.type === 'acknowledge' ? [record.by] : []));
    expect(names).toEqual(['Display north', 'Ada']);
    const entries = await gateway.registry.audit.query({ action: 'alarm.acknowledged' });
    expect(entries.map(({ name, subject, ward, reason }) => [name, subject, ward, reason])).toEqual(
      [
        ['Ada', 'p-north', 'north', 'seen'],
        ['Display north', 'p-north', 'north', 'seen'],
      ],
    );
  });
});
