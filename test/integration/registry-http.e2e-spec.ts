import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AlarmLogEntry,
  type AuditEntry,
  DEFAULT_WARD_LIMITS,
  type DeviceSecret,
  NO_LIMITS,
  type PatientRecord,
  type PersonInfo,
  type SignInLink,
  type WardInfo,
} from '@app/contracts';
import { COMMAND_LINE } from '@app/registry';
import { API_SCHEMAS } from '../../apps/station/src/gateway/http/api-schemas.js';
import { type Answer, ask } from './asking.js';
import { type GatewayApp, makeFolder, removeFolder, startGateway } from './gateway-app.js';
import { alarmOf } from './gateway-records.js';
import type { SignedIn } from './signed-in.js';

let folder: string;
let gateway: GatewayApp;
let administrator: SignedIn;
let charge: SignedIn;
let nurse: SignedIn;
let viewer: SignedIn;
/** A nurse of ward `north`. */
let stranger: SignedIn;

beforeAll(async () => {
  folder = makeFolder();
  gateway = await startGateway(folder);
  await gateway.registry.wards.add(COMMAND_LINE, 'north', 'North');
  administrator = await gateway.signIn('administrator', 'all', 'Ada');
  charge = await gateway.signIn('charge-nurse', ['main'], 'Chris');
  nurse = await gateway.signIn('nurse', ['main'], 'Nina');
  viewer = await gateway.signIn('viewer', ['main'], 'Vic');
  stranger = await gateway.signIn('nurse', ['north'], 'Sam');
});
afterAll(async () => {
  await gateway.close();
  removeFolder(folder);
});

const as = (who: SignedIn, method: string, path: string, body?: unknown): Promise<Answer> =>
  ask(gateway.url, who, method, path, body);

async function done<T>(answer: Promise<Answer>, status = 200): Promise<T> {
  const { status: got, body } = await answer;
  expect([got, body]).toEqual([status, body]);
  return body as T;
}

async function refused(answer: Promise<Answer>, status: number, message: string | RegExp) {
  const { status: got, body } = await answer;
  expect(API_SCHEMAS.ApiError.strict().parse(body)).toMatchObject({
    statusCode: status,
    message: message instanceof RegExp ? expect.stringMatching(message) : message,
  });
  expect(got).toBe(status);
}

const admission = { name: 'Anna Berg', label: 'AB', bed: null };

describe('wards', () => {
  it('are added, renamed, given beds and limits; a nurse sees hers', async () => {
    const added = await done<WardInfo>(
      as(administrator, 'POST', '/api/wards', { ward: 'east', name: 'East' }),
      201,
    );
    expect(API_SCHEMAS.WardInfo.strict().parse(added)).toEqual({
      ward: 'east',
      name: 'East',
      beds: [],
      limits: DEFAULT_WARD_LIMITS,
    });
    expect(
      await done(as(administrator, 'PUT', '/api/wards/east/name', { name: 'East wing' })),
    ).toMatchObject({ name: 'East wing' });
    await done(as(administrator, 'POST', '/api/wards/east/beds', { bed: 'Window 1' }), 201);
    const beds = await done<WardInfo>(
      as(administrator, 'POST', '/api/wards/east/beds', { bed: '2/a' }),
      201,
    );
    expect(beds.beds).toEqual([
      { bed: 'Window 1', patient: null },
      { bed: '2/a', patient: null },
    ]);
    const removed = await done<WardInfo>(
      as(administrator, 'DELETE', `/api/wards/east/beds/${encodeURIComponent('2/a')}`),
    );
    expect(removed.beds.map(({ bed }) => bed)).toEqual(['Window 1']);
    const limits = { ...DEFAULT_WARD_LIMITS, heartRateHighBpm: 130, runningHighBpm: 138 };
    expect(
      await done(as(administrator, 'PUT', '/api/wards/east/limits', { limits })),
    ).toMatchObject({ limits });
    expect(await done(as(administrator, 'GET', '/api/wards/east'))).toMatchObject({
      name: 'East wing',
      limits,
    });
    const idsOf = async (who: SignedIn) =>
      (await done<WardInfo[]>(as(who, 'GET', '/api/wards'))).map(({ ward }) => ward).toSorted();
    expect(await idsOf(administrator)).toEqual(['east', 'main', 'north']);
    expect(await idsOf(nurse)).toEqual(['main']);
    const inRange = { limits: { ...DEFAULT_WARD_LIMITS, heartRateLowBpm: 50 } };
    await done(as(charge, 'PUT', '/api/wards/main/limits', inRange));
    await done(as(charge, 'PUT', '/api/wards/main/limits', { limits: DEFAULT_WARD_LIMITS }));
  });

  it('say what stands against it', async () => {
    const post = (body: unknown) => as(administrator, 'POST', '/api/wards', body);
    await refused(post({ ward: 'main', name: 'Again' }), 409, 'there is a ward main already');
    await refused(post({ ward: 'a b', name: 'A' }), 400, /^"a b" cannot be a ward: use 1 to 36/);
    await refused(post({ ward: 'x' }), 400, /^name: /);
    await refused(post({ ward: 'x', name: '' }), 400, /^the name of a ward must have 1 to 80/);
    await refused(post({ ward: 'x', name: 'X', colour: 'red' }), 400, /colour/);
    await refused(as(administrator, 'GET', '/api/wards/south'), 404, 'there is no ward south');
    await refused(
      as(administrator, 'PUT', '/api/wards/south/name', { name: 'S' }),
      404,
      'there is no ward south',
    );
    await refused(
      as(administrator, 'DELETE', '/api/wards/main/beds/9'),
      404,
      /there is no bed 9 in ward main/,
    );
    const crossed = { ...DEFAULT_WARD_LIMITS, heartRateLowBpm: 125 };
    await refused(
      as(charge, 'PUT', '/api/wards/main/limits', { limits: crossed }),
      400,
      'limits.heartRateLowBpm: 125 must be below heartRateHighBpm 120',
    );
    await refused(
      as(nurse, 'POST', '/api/wards', { ward: 'x', name: 'X' }),
      403,
      'you may not do this',
    );
    await refused(as(stranger, 'GET', '/api/wards/main'), 403, 'you may not do this in ward main');
    await refused(
      ask(gateway.url, { headers: { cookie: '' } }, 'GET', '/api/wards'),
      401,
      'sign in first',
    );
  });
});

describe('patients', () => {
  it('are admitted with a device, renamed, moved, given limits, sent off, brought back, discharged', async () => {
    await done(as(administrator, 'POST', '/api/wards/main/beds', { bed: '1' }), 201);
    await done(as(administrator, 'POST', '/api/wards/main/beds', { bed: '2' }), 201);
    await done(as(charge, 'POST', '/api/wards/main/devices', { device: 'watch-1' }), 201);
    const record = await done<PatientRecord>(
      as(nurse, 'POST', '/api/wards/main/patients', {
        ...admission,
        bed: '1',
        birthDate: '1948-03-27',
        hospitalNumber: 'H 7',
        device: { device: 'watch-1', position: 'wrist', mode: 'continuous' },
      }),
      201,
    );
    API_SCHEMAS.PatientRecord.strict().parse(record);
    const { patient } = record;
    expect(record).toMatchObject({
      origin: 'simulated',
      identity: { name: 'Anna Berg', birthDate: '1948-03-27', hospitalNumber: 'H 7' },
      admission: { ward: 'main', bed: '1', label: 'AB', devices: [{ device: 'watch-1' }] },
      dischargedMs: null,
      limits: null,
    });
    expect(patient).not.toMatch(/anna|berg/i);
    const path = `/api/patients/${patient}`;
    expect(await done(as(nurse, 'GET', `${path}/record`))).toEqual(record);
    // whoever may not see names gets none, from any route
    expect(await done(as(viewer, 'GET', `${path}/record`))).toEqual({ ...record, identity: null });
    expect(await done(as(viewer, 'GET', '/api/wards/main/patients'))).toEqual([
      { ...record, identity: null },
    ]);
    expect(await done(as(nurse, 'GET', '/api/wards/main/patients'))).toEqual([record]);
    expect((await done<WardInfo>(as(viewer, 'GET', '/api/wards/main'))).beds[0]).toEqual({
      bed: '1',
      patient,
    });

    const identity = { name: 'Anna Holm', birthDate: null, hospitalNumber: null, label: 'AH' };
    expect(await done(as(nurse, 'PUT', `${path}/identity`, identity))).toMatchObject({
      identity: { name: 'Anna Holm', birthDate: null },
      admission: { label: 'AH' },
    });
    expect(await done(as(nurse, 'PUT', `${path}/bed`, { ward: 'main', bed: '2' }))).toMatchObject({
      admission: { bed: '2' },
    });
    const limits = { ...NO_LIMITS, heartRateHighBpm: 150 };
    expect(await done(as(nurse, 'PUT', `${path}/limits`, { limits }))).toMatchObject({ limits });
    expect(await done(as(nurse, 'PUT', `${path}/limits`, { limits: null }))).toMatchObject({
      limits: null,
    });
    expect(await done(as(nurse, 'PUT', `${path}/off-ward`, { reason: 'X-ray' }))).toMatchObject({
      admission: { offWard: { reason: 'X-ray' } },
    });
    expect(await done(as(nurse, 'DELETE', `${path}/off-ward`))).toMatchObject({
      admission: { offWard: null },
    });
    expect(await done(as(nurse, 'DELETE', `${path}/devices/watch-1`))).toMatchObject({
      admission: { devices: [] },
    });
    const assign = { device: 'watch-1', position: 'upper-arm', mode: 'spot' };
    expect(await done(as(nurse, 'POST', `${path}/devices`, assign))).toMatchObject({
      admission: { devices: [assign] },
    });
    const discharged = await done<PatientRecord>(as(nurse, 'POST', `${path}/discharge`));
    expect(discharged).toMatchObject({ admission: null, identity: { name: 'Anna Holm' } });
    expect(discharged.dischargedMs).toBeGreaterThan(0);
    expect(await done(as(nurse, 'GET', '/api/wards/main/patients'))).toEqual([]);
    // the record, the state and the history stay for who may see the ward they were last in
    expect(await done(as(viewer, 'GET', `${path}/record`))).toMatchObject({ admission: null });
    expect(await done(as(viewer, 'GET', path))).toMatchObject({ patient, admission: null });
    expect(await done(as(viewer, 'GET', `${path}/history`))).toMatchObject({ patient });
    const { patients } = await done<{ patients: unknown[] }>(as(viewer, 'GET', '/api/patients'));
    expect(patients).toEqual([]);
    await refused(
      as(stranger, 'GET', `${path}/record`),
      403,
      `you may not do this, or there is no patient ${patient}`,
    );
  });

  it('say what stands against it', async () => {
    const admit = (who: SignedIn, body: object, ward = 'main') =>
      as(who, 'POST', `/api/wards/${ward}/patients`, body);
    const { patient } = await done<PatientRecord>(
      admit(nurse, { ...admission, patient: 'p-1', bed: '1' }),
      201,
    );
    expect(patient).toBe('p-1');
    await refused(
      admit(nurse, { ...admission, patient: 'p-1' }),
      409,
      'p-1 is admitted to ward main already: transfer p-1 instead',
    );
    await refused(admit(nurse, { ...admission, bed: '1' }), 409, /^p-1 lies in bed 1 of ward main/);
    await refused(
      admit(nurse, { ...admission, bed: '77' }),
      404,
      /^there is no bed 77 in ward main/,
    );
    await refused(admit(nurse, { ...admission, label: '' }), 400, /what the wall shows must have/);
    await refused(
      admit(nurse, { ...admission, birthDate: '1948-02-30' }),
      400,
      /a birth date must be a day/,
    );
    await refused(admit(nurse, { name: 'A', label: 'A' }), 400, /^bed: /);
    await refused(admit(viewer, admission), 403, 'you may not do this in ward main');
    await refused(admit(administrator, admission, 'south'), 404, 'there is no ward south');
    // another ward's patient is not theirs, by whatever way
    await refused(
      admit(stranger, { ...admission, patient: 'p-1' }, 'north'),
      403,
      'you may not admit p-1: leave the pseudonym out, or ask who may see the patient’s last ward',
    );
    await refused(
      as(nurse, 'PUT', '/api/patients/p-1/bed', { ward: 'north', bed: null }),
      403,
      'you may not do this in ward north',
    );
    await refused(
      as(administrator, 'PUT', '/api/patients/p-1/bed', { ward: 'north', bed: '1' }),
      404,
      /^there is no bed 1 in ward north/,
    );
    const lowest = { ...NO_LIMITS, heartRateLowBpm: 20 };
    await refused(
      as(nurse, 'PUT', '/api/patients/p-1/limits', { limits: lowest }),
      400,
      'limits.heartRateLowBpm: must be at least 30 BPM',
    );
    await refused(
      as(nurse, 'PUT', '/api/patients/p-1/off-ward', { reason: '' }),
      400,
      /the reason must have/,
    );
    await refused(
      as(administrator, 'GET', '/api/patients/p-9/record'),
      404,
      'there is no patient p-9',
    );
    await refused(as(administrator, 'POST', '/api/patients/p-9/discharge'), 404, /p-9/);
    await refused(as(administrator, 'GET', '/api/patients/p-9'), 404, 'there is no patient p-9');
    await done(as(nurse, 'POST', '/api/patients/p-1/discharge'));
    await refused(as(nurse, 'POST', '/api/patients/p-1/discharge'), 409, /p-1 is not admitted/);
    await refused(as(nurse, 'DELETE', '/api/patients/p-1/off-ward'), 409, /p-1 is not admitted/);
    await done(admit(nurse, { ...admission, patient: 'p-1' }), 201);
  });
});

describe('devices', () => {
  it('are added, listed with who wears them, given another secret, removed', async () => {
    const added = await done<DeviceSecret>(
      as(charge, 'POST', '/api/wards/main/devices', { device: 'band-1' }),
      201,
    );
    expect(API_SCHEMAS.DeviceSecret.strict().parse(added).device).toBe('band-1');
    expect(await gateway.registry.devices.verify('band-1', added.secret)).not.toBeNull();
    const { patient } = await done<PatientRecord>(
      as(nurse, 'POST', '/api/wards/main/patients', {
        ...admission,
        device: { device: 'band-1', position: 'chest', mode: 'continuous' },
      }),
      201,
    );
    const list = await done(as(nurse, 'GET', '/api/wards/main/devices'));
    expect(API_SCHEMAS.DeviceList.parse(list)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ device: 'band-1', ward: 'main', patient }),
      ]),
    );
    const renewed = await done<DeviceSecret>(as(charge, 'POST', '/api/devices/band-1/secret'));
    expect(await gateway.registry.devices.verify('band-1', added.secret)).toBeNull();
    expect(await gateway.registry.devices.verify('band-1', renewed.secret)).not.toBeNull();
    expect(await as(charge, 'DELETE', '/api/devices/band-1')).toEqual({ status: 204, body: null });
    expect(await done(as(nurse, 'GET', `/api/patients/${patient}/record`))).toMatchObject({
      admission: { devices: [] },
    });
  });

  it('say what stands against it', async () => {
    const add = (who: SignedIn, device: string, ward = 'main') =>
      as(who, 'POST', `/api/wards/${ward}/devices`, { device });
    await done(add(charge, 'band-2'), 201);
    await refused(add(charge, 'band-2'), 409, 'device band-2 exists already');
    await refused(add(charge, 'band 2'), 400, /^"band 2" cannot be a device/);
    await refused(add(nurse, 'band-3'), 403, 'you may not do this in ward main');
    await refused(add(administrator, 'band-3', 'south'), 404, 'there is no ward south');
    await refused(
      as(viewer, 'GET', '/api/wards/main/devices'),
      403,
      'you may not do this in ward main',
    );
    await refused(
      as(administrator, 'GET', '/api/wards/south/devices'),
      404,
      'there is no ward south',
    );
    await refused(
      as(administrator, 'POST', '/api/devices/none/secret'),
      404,
      /^there is no device none/,
    );
    await refused(
      as(administrator, 'DELETE', '/api/devices/none'),
      404,
      /^there is no device none/,
    );
    await refused(as(charge, 'DELETE', '/api/devices/none'), 403, /there is no device none$/);

    await done(
      as(nurse, 'POST', '/api/wards/main/patients', { ...admission, patient: 'p-2' }),
      201,
    );
    const put = (who: SignedIn, patient: string, body: object) =>
      as(who, 'POST', `/api/patients/${patient}/devices`, {
        position: 'wrist',
        mode: 'continuous',
        ...body,
      });
    await refused(
      put(nurse, 'p-2', { device: 'none' }),
      404,
      'there is no device none: add it first',
    );
    await refused(put(nurse, 'p-2', { device: 'band-2', position: 'knee' }), 400, /^position: /);
    await refused(
      put(nurse, 'p-2', { device: 'band-2', sinceMs: Date.now() + 3_600_000 }),
      400,
      /is yet to come/,
    );
    await refused(
      as(nurse, 'DELETE', '/api/patients/p-2/devices/band-2'),
      409,
      'p-2 does not wear band-2',
    );
    // a nurse cannot take a device from another ward
    await done(as(administrator, 'POST', '/api/wards/north/devices', { device: 'far-1' }), 201);
    const unknown = 'there is no device far-1: add it first';
    await refused(put(nurse, 'p-2', { device: 'far-1' }), 404, unknown);
    await refused(
      as(nurse, 'POST', '/api/wards/main/patients', {
        ...admission,
        device: { device: 'far-1', position: 'wrist', mode: 'spot' },
      }),
      404,
      unknown,
    );
    await done(put(nurse, 'p-2', { device: 'band-2' }));
    await done(
      as(nurse, 'POST', '/api/wards/main/patients', { ...admission, patient: 'p-3' }),
      201,
    );
    await refused(
      put(nurse, 'p-3', { device: 'band-2', sinceMs: Date.now() - 60_000 }),
      409,
      /^p-2 wore band-2 from .* so p-3 cannot have worn it since/,
    );
    expect(await done(put(nurse, 'p-3', { device: 'band-2' }))).toMatchObject({
      admission: { devices: [{ device: 'band-2' }] },
    });
    expect(await done(as(nurse, 'GET', '/api/patients/p-2/record'))).toMatchObject({
      admission: { devices: [] },
    });
  });
});

describe('people', () => {
  it('are added with a link, changed, and given another link', async () => {
    const link = await done<SignInLink>(
      as(administrator, 'POST', '/api/people', { name: 'Bo', role: 'nurse', wards: ['main'] }),
      201,
    );
    API_SCHEMAS.SignInLink.strict().parse(link);
    expect(await gateway.registry.sessions.linkHolder(link.token)).toMatchObject({ name: 'Bo' });
    const people = API_SCHEMAS.PersonList.parse(
      await done(as(administrator, 'GET', '/api/people')),
    );
    expect(people).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          person: link.person,
          name: 'Bo',
          role: 'nurse',
          wards: ['main'],
        }),
      ]),
    );
    const path = `/api/people/${link.person}`;
    expect(
      await done<PersonInfo>(
        as(administrator, 'PATCH', path, { role: 'charge-nurse', wards: 'all' }),
      ),
    ).toMatchObject({ name: 'Bo', role: 'charge-nurse', wards: 'all', active: true });
    const next = await done<SignInLink>(as(administrator, 'POST', `${path}/link`));
    expect(await gateway.registry.sessions.linkHolder(link.token)).toBeNull();
    expect(await gateway.registry.sessions.linkHolder(next.token)).toMatchObject({ name: 'Bo' });
    expect(await done(as(administrator, 'PATCH', path, { active: false }))).toMatchObject({
      active: false,
    });
    await refused(as(administrator, 'POST', `${path}/link`), 409, /Bo is inactive/);
  });

  it('say what stands against it', async () => {
    const post = (body: object) => as(administrator, 'POST', '/api/people', body);
    await refused(
      post({ name: 'NINA', role: 'nurse', wards: 'all' }),
      409,
      /there is a NINA already/,
    );
    await refused(post({ name: 'Q', role: 'king', wards: 'all' }), 400, /^role: /);
    await refused(
      post({ name: 'Q', role: 'nurse', wards: ['south'] }),
      400,
      'there is no ward south',
    );
    await refused(
      as(administrator, 'PATCH', '/api/people/u-none', { active: false }),
      404,
      /there is no person/,
    );
    await refused(as(administrator, 'POST', '/api/people/u-none/link'), 404, /there is no person/);
    await refused(
      as(administrator, 'PATCH', '/api/people/u-none', { password: 'x' }),
      400,
      /password/,
    );
    for (const who of [charge, nurse, viewer])
      await refused(as(who, 'GET', '/api/people'), 403, 'you may not do this');
  });
});

describe('the audit', () => {
  it('says who did what, before and after, in pages; a charge nurse sees her ward', async () => {
    await done(
      as(charge, 'PUT', '/api/wards/main/limits', {
        limits: { ...DEFAULT_WARD_LIMITS, heartRateHighBpm: 118 },
      }),
    );
    await done(as(charge, 'PUT', '/api/wards/main/limits', { limits: DEFAULT_WARD_LIMITS }));
    const audit = (who: SignedIn, query: string) => as(who, 'GET', `/api/audit${query}`);
    const all = await done<AuditEntry[]>(
      audit(administrator, '?action=limits.changed&subject=main'),
    );
    API_SCHEMAS.AuditList.parse(all);
    expect(all[0]).toMatchObject({
      person: charge.person,
      name: 'Chris',
      role: 'charge-nurse',
      ward: 'main',
      before: { heartRateHighBpm: 118 },
      after: { heartRateHighBpm: 120 },
    });
    const [first, second] = await done<AuditEntry[]>(audit(charge, '?ward=main&limit=2'));
    expect(await done(audit(charge, `?ward=main&limit=1&beforeId=${first!.id}`))).toEqual([second]);
    const later = new Date(Date.now() + 60_000).toISOString();
    expect(await done(audit(charge, `?ward=main&fromMs=${later}`))).toEqual([]);
    await refused(audit(charge, ''), 400, 'ward: say of which ward, as ?ward=<id>');
    await refused(audit(charge, '?ward=north'), 403, 'you may not do this in ward north');
    await refused(audit(nurse, '?ward=main'), 403, 'you may not do this');
    await refused(audit(administrator, '?limit=501'), 400, /^limit: /);
    await refused(audit(administrator, '?colour=red'), 400, /colour/);
  });
});

describe('the alarm log', () => {
  it('gives the alarms of a ward, newest first, by patient, rule and priority', async () => {
    const events = [
      alarmOf('p-2', 'e1'),
      alarmOf('p-3', 'e2', { priority: 'medium', rule: 'heart-rate-low' }),
    ];
    await gateway.registry.alarmLog.append([
      ...events.map((event) => ({ ward: 'main', bed: '1', event })),
      { ward: 'north', bed: null, event: alarmOf('p-4', 'e3') },
    ]);
    const log = async (query: string) => {
      const entries = await done<AlarmLogEntry[]>(
        as(viewer, 'GET', `/api/wards/main/alarms${query}`),
      );
      API_SCHEMAS.AlarmLogList.parse(entries);
      return entries.map(({ event }) => event.id);
    };
    expect(await log('')).toEqual(['e2', 'e1']);
    expect(await log('?patient=p-2')).toEqual(['e1']);
    expect(await log('?rule=heart-rate-low&priority=medium')).toEqual(['e2']);
    expect(await log('?priority=low')).toEqual([]);
    expect(await log(`?toMs=${alarmOf('p', 'e').atMs}`)).toEqual([]);
    await refused(as(viewer, 'GET', '/api/wards/main/alarms?rule=noise'), 400, /^rule: /);
    await refused(
      as(viewer, 'GET', '/api/wards/north/alarms'),
      403,
      'you may not do this in ward north',
    );
    await refused(
      as(administrator, 'GET', '/api/wards/south/alarms'),
      404,
      'there is no ward south',
    );
  });
});
