import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Reply, type Session, decodeWardRecord, partitionOf } from '@app/contracts';
import { COMMAND_LINE } from '@app/registry';
import {
  type GatewayApp,
  makeFolder,
  next,
  removeFolder,
  startGateway,
} from '../integration/gateway-app.js';
import { alarmOf, appendEvents } from '../integration/gateway-records.js';
import { ask } from './ask.js';
import { watch, within } from './live-socket.js';
import { openTwoWards } from './two-wards.js';

const PASSWORD = 'three quiet lamps';

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
