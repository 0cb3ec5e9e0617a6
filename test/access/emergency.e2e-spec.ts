import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Session } from '@app/contracts';
import { COMMAND_LINE } from '@app/registry';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  type GatewayApp,
  makeFolder,
  next,
  removeFolder,
  startGateway,
} from '../integration/gateway-app.js';
import { ask } from './ask.js';
import { count, openSocket, seenByAdministrator, watch, within } from './live-socket.js';
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

describe('emergency access', () => {
  const emergency = (headers: { cookie: string }, body: unknown) =>
    ask<Session>(gateway.url, 'POST /api/session/emergency', { headers, body });

  it('opens another ward to look at, with a reason, is in the audit, and ends', async () => {
    const { who, socket } = await openSocket(gateway, 'nurse', ['south']);
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
    await seenByAdministrator(gateway);
    expect(counted.updates).toBe(0);
  });
});
