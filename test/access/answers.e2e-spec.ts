import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PatientRecord, PatientsResponse } from '@app/contracts';
import {
  type GatewayApp,
  makeFolder,
  removeFolder,
  startGateway,
} from '../integration/gateway-app.js';
import { ask } from './ask.js';
import { openTwoWards } from './two-wards.js';

let folder: string;
let gateway: GatewayApp;

beforeAll(async () => {
  folder = makeFolder();
  gateway = await startGateway(folder);
  await openTwoWards(gateway);
});
afterAll(async () => {
  await gateway.close();
  removeFolder(folder);
});

describe('what holds no patients', () => {
  it('is open to programs of this machine; the metrics to no others but administrators', async () => {
    expect((await ask(gateway.url, 'GET /metrics')).status).toBe(200);
    const behindProxy = { 'X-Forwarded-For': '192.0.2.1' };
    expect((await ask(gateway.url, 'GET /metrics', { headers: behindProxy })).status).toBe(401);
  });

  it('says nothing of patients, devices and people', async () => {
    await gateway.signIn('nurse', ['north'], 'Grace Hopper');
    for (const path of ['/metrics', '/health/ready', '/health/live'] as const) {
      const { body } = await ask(gateway.url, `GET ${path}`);
      expect(JSON.stringify(body)).not.toMatch(/p-north|watch-north|Name of|Grace/);
    }
  });
});

describe('answers', () => {
  it('under /api are kept in no cache, however the address is written', async () => {
    for (const path of ['/api/session', '/API/session', '/Api/Patients'] as const) {
      const { headers } = await ask(gateway.url, `GET ${path}`);
      expect([path, headers.get('cache-control')]).toEqual([path, 'no-store']);
    }
  });

  it('of lists have no more in them than the session may see', async () => {
    for (const [wards, patients] of [
      [['north'], ['p-north']],
      [['south'], ['p-south']],
      [[], []],
      ['all', ['p-north', 'p-south']],
    ] as const) {
      const { headers } = await gateway.signIn('viewer', wards === 'all' ? 'all' : [...wards]);
      const { body } = await ask<PatientsResponse>(gateway.url, 'GET /api/patients', { headers });
      expect(body.patients.map(({ patient }) => patient).toSorted()).toEqual(patients);
      const { body: listed } = await ask<{ ward: string }[]>(gateway.url, 'GET /api/wards', {
        headers,
      });
      const known = listed.map(({ ward }) => ward).filter((ward) => ward !== 'main');
      expect(known.toSorted()).toEqual(patients.map((patient) => patient.slice(2)));
    }
  });

  it('have names for those who care for patients, and pseudonyms for all others', async () => {
    for (const [role, name] of [
      ['viewer', null],
      ['kiosk', null],
      ['nurse', 'Name of north'],
      ['charge-nurse', 'Name of north'],
    ] as const) {
      const { headers } = await gateway.signIn(role, ['north']);
      const one = await ask<PatientRecord>(gateway.url, 'GET /api/patients/p-north/record', {
        headers,
      });
      expect([role, one.status, one.body.identity?.name ?? null]).toEqual([role, 200, name]);
      const all = await ask<PatientRecord[]>(gateway.url, 'GET /api/wards/north/patients', {
        headers,
      });
      expect([role, all.body.map(({ identity }) => identity?.name ?? null)]).toEqual([
        role,
        [name],
      ]);
    }
  });

  it('do not say whether there is what one may not see', async () => {
    const { headers } = await gateway.signIn('nurse', ['north']);
    const asked = async (id: string) =>
      JSON.stringify(
        (await ask(gateway.url, `GET /api/patients/${id}`, { headers })).body,
      ).replaceAll(id, '');
    expect(await asked('p-south')).toBe(await asked('p-never-there'));
  });

  it('give a charge nurse the audit of her own ward alone', async () => {
    const { headers } = await gateway.signIn('charge-nurse', ['north']);
    const audit = (query: string) =>
      ask<{ ward: string | null }[]>(gateway.url, `GET /api/audit${query}`, { headers });
    expect((await audit('')).status).toBe(400);
    expect((await audit('?ward=south')).status).toBe(403);
    const own = await audit('?ward=north');
    expect(own.status).toBe(200);
    expect(new Set(own.body.map(({ ward }) => ward))).toEqual(new Set(['north']));
  });

  it('lets nobody move a patient into a ward, or a device out of one, that is not theirs', async () => {
    const { headers } = await gateway.signIn('nurse', ['north']);
    const move = await ask(gateway.url, 'PUT /api/patients/p-north/bed', {
      headers,
      body: { ward: 'south', bed: null },
    });
    expect(move.status).toBe(403);
    const assign = await ask(gateway.url, 'POST /api/patients/p-north/devices', {
      headers,
      body: { device: 'watch-south', position: 'wrist', mode: 'continuous' },
    });
    // as if there were none: what another ward has is its own to know
    expect(assign.status).toBe(404);
    expect(
      (await gateway.registry.patients.find('p-south'))?.admission?.devices.map(
        ({ device }) => device,
      ),
    ).toEqual(['watch-south']);
  });
});
