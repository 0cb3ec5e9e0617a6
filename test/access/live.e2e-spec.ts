import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Room, Session } from '@app/contracts';
import { COMMAND_LINE, drainOutbox } from '@app/registry';
import {
  type Dashboard,
  type GatewayApp,
  makeFolder,
  next,
  removeFolder,
  startGateway,
  until,
} from '../integration/gateway-app.js';
import type { SignedIn } from '../integration/signed-in.js';
import { ask } from './ask.js';
import { count, openSocket, raise, seenByAdministrator, watch, within } from './live-socket.js';
import { openTwoWards } from './two-wards.js';

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

const closed = (socket: Dashboard) =>
  new Promise<string>((resolve) => socket.once('disconnect', resolve));

describe('an open socket', () => {
  it('hears at once of another role, and loses what that role may not', async () => {
    const { who, socket } = await openSocket(
      gateway,
      'nurse',
      ['north'],
      'ward/north',
      'patient/p-north',
    );
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
    await raise(gateway);
    await seen;
  });

  it('leaves the rooms of a ward that is taken away', async () => {
    const { who, socket } = await openSocket(
      gateway,
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
    await seenByAdministrator(gateway);
    expect(counted.updates).toBe(0);
    await expect(watch(socket, 'ward/north')).rejects.toThrow(/may not/);
    await expect(watch(socket, 'patient/p-north')).rejects.toThrow(/may not/);
    expect((await watch(socket, 'ward/south')).patients.map(({ patient }) => patient)).toEqual([
      'p-south',
    ]);
  });

  it('does not keep a patient who goes to another ward', async () => {
    const { socket } = await openSocket(gateway, 'nurse', ['north'], 'patient/p-north');
    await gateway.registry.patients.transfer(COMMAND_LINE, 'p-north', 'south', null);
    await drainOutbox(gateway.registry, gateway.journal);
    await until(async () =>
      'error' in (await socket.emitWithAck('watch', 'patient/p-north')) ? true : null,
    );
    const { socket: south } = await openSocket(gateway, 'nurse', ['south'], 'patient/p-north');
    const seen = next(south, 'update');
    const counted = count(socket);
    await raise(gateway);
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
    const { who, socket } = await openSocket(gateway, 'nurse', ['north'], 'ward/north');
    const heard = next(socket, 'session');
    const gone = closed(socket);
    await end(who);
    expect(await within(heard)).toBeNull();
    expect(await within(gone)).toBe('io server disconnect');
    await expect(gateway.dashboard(who.headers)).rejects.toThrow('sign in first');
  });

  it('is looked at with every event, not only now and then', async () => {
    const { who, socket } = await openSocket(gateway, 'nurse', ['north'], 'ward/north');
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
    const { socket } = await openSocket(gateway, 'nurse', ['north']);
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
