import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type WardRecord, decodeWardRecord, partitionOf } from '@app/contracts';
import { GATEWAY_LIMITS } from '../../apps/station/src/gateway/gateway-limits.js';
import {
  type Dashboard,
  type GatewayApp,
  PARTITIONS,
  makeFolder,
  next,
  removeFolder,
  startGateway,
  until,
} from './gateway-app.js';
import { SlowClient } from './gateway-slow-client.js';
import { alarmOf, appendEvents, appendVital, vitalOf } from './gateway-records.js';

let folder: string;
let gateway: GatewayApp;
let dashboard: Dashboard;

beforeAll(async () => {
  folder = makeFolder();
  gateway = await startGateway(folder);
});
beforeEach(async () => {
  dashboard = await until(() => gateway.dashboard().catch(() => null));
});
afterEach(() => gateway.closeDashboards());
afterAll(async () => {
  await gateway.close();
  removeFolder(folder);
});

/** Sends what no honest client would, and waits for the answer to its callback. */
function send(event: string, ...args: unknown[]): Promise<{ ok?: boolean; error?: string }> {
  return (dashboard as unknown as { emitWithAck(...all: unknown[]): Promise<object> }).emitWithAck(
    event,
    ...args,
  );
}

async function showAlarm(patient: string): Promise<void> {
  await gateway.admit(patient);
  const shown = next(dashboard, 'update', ({ patients }) => patients[0]?.alarms.length === 1);
  await dashboard.emitWithAck('watch', 'ward/main');
  await appendVital(gateway.journal, vitalOf(patient, 0));
  await appendEvents(gateway.journal, patient, alarmOf(patient, `${patient}-e1`));
  await shown;
}

describe('acknowledge', () => {
  it('is in the journal, under its patient, when the reply comes', async () => {
    await showAlarm('p1');
    const request = { patient: 'p1', alarmId: 'p1-alarm', note: null };
    expect(await dashboard.emitWithAck('acknowledge', request)).toEqual({ ok: true });
    const partition = partitionOf('p1', PARTITIONS);
    const records = await gateway.journal.read('ward', partition, 0, 100);
    const found = records.map(({ value }) => decodeWardRecord(value)).filter(isAcknowledge);
    expect(found).toEqual([
      { ...request, type: 'acknowledge', by: 'Noor', priority: 'high', atMs: expect.any(Number) },
    ]);
    expect(records.at(-1)?.key).toBe('p1');
  });

  it('is refused for an alarm that is more urgent by now, is not there, has ended or was acknowledged', async () => {
    await showAlarm('p2');
    const earlier = { patient: 'p2', alarmId: 'p2-alarm', note: null, priority: 'medium' } as const;
    expect(await send('acknowledge', earlier)).toEqual({
      ok: false,
      error: 'it has become more urgent since: look again',
    });
    const request = { patient: 'p2', alarmId: 'another', note: null };
    expect(await send('acknowledge', request)).toEqual({
      ok: false,
      error: 'p2 has no such alarm, or it has ended',
    });
    const change = next(dashboard, 'update');
    await appendEvents(
      gateway.journal,
      'p2',
      alarmOf('p2', 'e2', { signal: 'ack', change: 'acknowledged', acknowledgedBy: 'Noor' }),
    );
    await change;
    expect(await send('acknowledge', { ...request, alarmId: 'p2-alarm' })).toEqual({
      ok: false,
      error: 'Noor has acknowledged it already',
    });
    const end = next(dashboard, 'update');
    await appendEvents(
      gateway.journal,
      'p2',
      alarmOf('p2', 'e3', { signal: 'off', change: 'ended' }),
      alarmOf('p2', 'p2-e1'), // repeated after a crash: must not bring the alarm back
    );
    expect((await end).patients[0]?.alarms).toEqual([]);
    expect(await send('acknowledge', { ...request, alarmId: 'p2-alarm' })).toMatchObject({
      ok: false,
    });
  });

  it.each([
    ['nothing', undefined, /expected object/],
    ['a long note', { patient: 'p1', alarmId: 'a', note: 'x'.repeat(501) }, /^note: /],
    [
      'control characters',
      { patient: 'p1', alarmId: 'a', note: 'N\u0007' },
      /^note: must not hold/,
    ],
    ['a strange patient', { patient: '../p1', alarmId: 'a', note: null }, /^patient: /],
    ['another name', { patient: 'p1', alarmId: 'a', by: 'Somebody', note: null }, /by/],
  ])('is refused with %s', async (_name, request, error) => {
    expect(await send('acknowledge', request)).toEqual({
      ok: false,
      error: expect.stringMatching(error),
    });
  });
});

describe('bad events', () => {
  it.each([
    [undefined],
    [null],
    [7],
    [{}],
    ['beds'],
    ['ward'],
    ['ward/'],
    ['patient/'],
    ['patient/../x'],
    [['ward']],
  ])('watch(%j) is answered with what would be right', async (room) => {
    expect(await send('watch', room)).toEqual({
      ok: false,
      error: 'there is no such room: use ward/<id> or patient/<pseudonym>',
    });
  });

  it('an unknown event is answered with the known ones', async () => {
    expect(await send('resolve', 1)).toEqual({
      ok: false,
      error: 'there is no such event: use watch, unwatch, now, acknowledge, pause-audio',
    });
  });

  it('what time it is at the station is answered at once, with or without an argument', async () => {
    const before = Date.now();
    for (const answer of [await dashboard.emitWithAck('now'), await send('now', 'x')]) {
      const { serverMs } = answer as { serverMs: number };
      expect(serverMs).toBeGreaterThanOrEqual(before - 1);
      expect(serverMs).toBeLessThanOrEqual(Date.now() + 1);
    }
  });

  it('events without a callback, or with a callback alone, harm nobody', async () => {
    const raw = dashboard as unknown as { emit(...all: unknown[]): void };
    raw.emit('watch');
    raw.emit('watch', {});
    raw.emit('unwatch', null);
    raw.emit('acknowledge');
    expect(await send('watch')).toMatchObject({ ok: false });
    expect(await dashboard.emitWithAck('watch', 'ward/main')).toMatchObject({ room: 'ward/main' });
  });
});

describe('bounds', () => {
  it('rooms of one client', async () => {
    const { roomsPerClient } = GATEWAY_LIMITS;
    for (let i = 0; i < roomsPerClient; i++) {
      expect(await send('watch', `patient/p${i}`)).toMatchObject({ room: `patient/p${i}` });
    }
    expect(await send('watch', 'ward/main')).toEqual({
      ok: false,
      error: `at most ${roomsPerClient} rooms may be watched at once`,
    });
    dashboard.emit('unwatch', 'patient/p0');
    await next(dashboard, 'heartbeat');
    expect(await send('watch', 'patient/p1')).toMatchObject({ room: 'patient/p1' });
    expect(await send('watch', 'ward/main')).toMatchObject({ room: 'ward/main' });
  });

  it('rate of events: more are refused, far more end the connection', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => send('watch', 'ward/main')));
    const refused = answers.filter(({ error }) => error !== undefined);
    expect(refused.length).toBeGreaterThanOrEqual(40 - GATEWAY_LIMITS.eventBurst - 10);
    expect(refused[0]?.error).toBe('too many events: at most 10 a second');
    const gone = new Promise<string>((resolve) => dashboard.once('disconnect', resolve));
    for (let i = 0; i < 500; i++) void send('watch', 'ward/main').catch(() => undefined);
    expect(await gone).toBe('io server disconnect');
  });

  it('size of a message', async () => {
    const gone = new Promise<string>((resolve) => dashboard.once('disconnect', resolve));
    void send('watch', 'x'.repeat(GATEWAY_LIMITS.messageBytes)).catch(() => undefined);
    expect(await gone).toMatch(/transport/);
    expect((await gateway.dashboard()).connected).toBe(true);
  });

  it('dashboards at once', async () => {
    for (let i = 1; i < GATEWAY_LIMITS.clients; i++) await gateway.dashboard();
    await expect(gateway.dashboard()).rejects.toThrow('64 dashboards are connected already');
    dashboard.disconnect();
    await until(() => gateway.dashboard().catch(() => null));
  });

  it('a client that answers no ping is cut off', async () => {
    const deaf = await SlowClient.watch(gateway, 'ward/main');
    deaf.pause();
    const clients = async () =>
      /^vigil_gateway_clients (\d+)/m.exec(
        await (await fetch(`${gateway.url}/metrics`)).text(),
      )?.[1];
    await until(async () => ((await clients()) === '2' ? true : null));
    await until(async () => ((await clients()) === '1' ? true : null));
    deaf.close();
  }, 20_000);
});

function isAcknowledge(record: WardRecord): boolean {
  return record.type === 'acknowledge';
}
