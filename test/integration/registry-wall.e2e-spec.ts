import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  DEFAULT_WARD_LIMITS,
  type LinkRecord,
  NOBODY,
  NO_LIMITS,
  type Room,
  type Snapshot,
  type StrayRecord,
  type Update,
  type WardRecord,
  decodeWardRecord,
  encodeRecord,
  limitsKeyOf,
  partitionOf,
} from '@app/contracts';
import { COMMAND_LINE, openRegistry } from '@app/registry';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './asking.js';
import {
  type Dashboard,
  type GatewayApp,
  PARTITIONS,
  makeFolder,
  removeFolder,
  startGateway,
  until,
} from './gateway-app.js';
import { ORIGIN, appendEvents, appendVital, appendWard, vitalOf } from './gateway-records.js';
import type { SignedIn } from './signed-in.js';

let folder: string;
let gateway: GatewayApp;
let administrator: SignedIn;

beforeEach(async () => {
  folder = makeFolder();
  gateway = await startGateway(folder);
  await gateway.registry.wards.add(COMMAND_LINE, 'north', 'North');
  administrator = await gateway.signIn('administrator', 'all', 'Ada');
});
afterEach(async () => {
  await gateway.close();
  removeFolder(folder);
});

async function change<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await ask(gateway.url, administrator, method, path, body);
  expect([answer.status < 300, answer.body]).toEqual([true, answer.body]);
  return answer.body as T;
}

async function watch(dashboard: Dashboard, room: Room): Promise<Snapshot> {
  const answer = await dashboard.emitWithAck('watch', room);
  if ('error' in answer) throw new Error(answer.error);
  return answer;
}

/** All updates of a dashboard's rooms, as they come. */
function updatesOf(dashboard: Dashboard): Update[] {
  const updates: Update[] = [];
  dashboard.on('update', (update) => updates.push(update));
  return updates;
}

async function wardRecords(): Promise<WardRecord[]> {
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);
  const pages = await Promise.all(
    partitions.map((partition) => gateway.journal.read('ward', partition, 0, 1000)),
  );
  return pages.flat().map(({ value }) => decodeWardRecord(value));
}

function strayOf(device: string, atMs: number): StrayRecord {
  return { type: 'stray', device, origin: ORIGIN, reason: 'not-admitted', frames: 10, atMs };
}

function strayLink(device: string, connected: boolean, atMs: number): LinkRecord {
  return { type: 'link', patient: NOBODY, origin: ORIGIN, device, connected, atMs, reason: '' };
}

const anna = { patient: 'p1', name: 'Anna Berg', label: 'AB', bed: null };

describe('a change of the registry', () => {
  it('is in the ward stream when the answer comes, and on the wall a moment later', async () => {
    const dashboard = await gateway.dashboard();
    const snapshot = await watch(dashboard, 'ward/main');
    expect(snapshot).toMatchObject({ title: 'Ward', patients: [], strays: [] });
    const updates = updatesOf(dashboard);
    await change('POST', '/api/wards/main/patients', anna);
    expect(await wardRecords()).toContainEqual(
      expect.objectContaining({ type: 'admission', patient: 'p1', change: 'admitted', by: 'Ada' }),
    );
    await until(() => updates[0] ?? null);
    expect(updates[0]).toMatchObject({
      room: 'ward/main',
      sequence: snapshot.sequence + 1,
      patients: [
        {
          patient: 'p1',
          admission: { ward: 'main', label: 'AB' },
          limits: DEFAULT_WARD_LIMITS,
          vital: null,
        },
      ],
      gone: [],
    });
    expect(JSON.stringify(updates)).not.toContain('Anna');
    expect(await gateway.registry.outbox.peek(10)).toEqual([]);
  });

  it('moves limits: of a ward to all who follow it, of a patient to that one', async () => {
    await change('POST', '/api/wards/main/patients', anna);
    await change('POST', '/api/wards/main/patients', { ...anna, patient: 'p2' });
    const dashboard = await gateway.dashboard();
    await until(async () =>
      (await watch(dashboard, 'ward/main')).patients.length === 2 ? 1 : null,
    );
    const updates = updatesOf(dashboard);
    const seen = (patient: string) =>
      updates.flatMap(({ patients }) => patients).findLast((state) => state.patient === patient)
        ?.limits?.heartRateHighBpm;
    const own = { ...NO_LIMITS, heartRateHighBpm: 155 };
    await change('PUT', '/api/patients/p1/limits', { limits: own });
    await until(() => (seen('p1') === 155 ? true : null));
    const limits = { ...DEFAULT_WARD_LIMITS, heartRateHighBpm: 130 };
    await change('PUT', '/api/wards/main/limits', { limits });
    await until(() => (seen('p2') === 130 ? true : null));
    expect(seen('p1')).toBe(155);
    await change('PUT', '/api/patients/p1/limits', { limits: null });
    await until(() => (seen('p1') === 130 ? true : null));
    const ofWard = (await wardRecords()).filter(
      (record) =>
        record.type === 'limits' &&
        record.patient === limitsKeyOf('main') &&
        record.limits?.heartRateHighBpm === 130,
    );
    expect(ofWard).toHaveLength(PARTITIONS);
  });

  it('by another process is seen within two seconds', async () => {
    const dashboard = await gateway.dashboard();
    await watch(dashboard, 'ward/main');
    const updates = updatesOf(dashboard);
    const other = await openRegistry(folder, { defaultWardLimits: DEFAULT_WARD_LIMITS });
    const startedMs = performance.now();
    await other.patients.admit(COMMAND_LINE, 'main', anna);
    await other.wards.rename(COMMAND_LINE, 'main', 'Cardiology');
    await other.close();
    await until(() => updates[0] ?? null);
    expect(performance.now() - startedMs).toBeLessThan(2000);
    expect(updates[0]?.patients[0]?.patient).toBe('p1');
    await until(async () =>
      (await watch(dashboard, 'ward/main')).title === 'Cardiology' ? true : null,
    );
    expect(performance.now() - startedMs).toBeLessThan(3000);
  });
});

describe('a patient', () => {
  it('leaves one ward’s wall for another’s by a transfer, and keeps its own room', async () => {
    await change('POST', '/api/wards/main/patients', anna);
    const dashboard = await gateway.dashboard();
    await until(async () =>
      (await watch(dashboard, 'ward/main')).patients.length === 1 ? 1 : null,
    );
    await watch(dashboard, 'ward/north');
    await watch(dashboard, 'patient/p1');
    const updates = updatesOf(dashboard);
    await change('PUT', '/api/patients/p1/bed', { ward: 'north', bed: null });
    await until(() => (updates.length >= 3 ? true : null));
    const brief = updates.map(({ room, patients, gone }) => [
      room,
      patients.map(({ patient, admission }) => [patient, admission?.ward]),
      gone,
    ]);
    expect(brief).toEqual([
      ['ward/main', [], ['p1']],
      ['ward/north', [['p1', 'north']], []],
      ['patient/p1', [['p1', 'north']], []],
    ]);
  });

  it('goes from the wall when discharged; what was measured can still be read', async () => {
    await change('POST', '/api/wards/main/devices', { device: 'watch-p1' });
    const device = { device: 'watch-p1', position: 'wrist', mode: 'continuous' };
    await change('POST', '/api/wards/main/patients', { ...anna, device });
    await appendVital(gateway.journal, vitalOf('p1', 3));
    const dashboard = await gateway.dashboard();
    await until(async () =>
      (await watch(dashboard, 'ward/main')).patients[0]?.vital ? true : null,
    );
    const updates = updatesOf(dashboard);
    await watch(dashboard, 'patient/p1');
    await change('POST', '/api/patients/p1/discharge');
    await until(() => (updates.length >= 2 ? true : null));
    expect(updates).toMatchObject([
      { room: 'ward/main', patients: [], gone: ['p1'] },
      {
        room: 'patient/p1',
        patients: [{ patient: 'p1', admission: null, device: '', vital: { window: 3 } }],
        gone: [],
      },
    ]);
    const { status, body } = await ask(
      gateway.url,
      administrator,
      'GET',
      '/api/patients/p1/vitals/latest',
    );
    expect([status, body]).toMatchObject([200, { window: 3 }]);
  });

  it('who is off the ward is back when the alarm machine says so, and not by an old word', async () => {
    await change('POST', '/api/wards/main/patients', anna);
    await change('PUT', '/api/patients/p1/off-ward', { reason: 'X-ray' });
    const offWard = async () =>
      (await gateway.registry.patients.find('p1'))?.admission?.offWard ?? null;
    const { sinceMs } = (await offWard())!;
    const returned = { type: 'returned', patient: 'p1', origin: ORIGIN } as const;
    await appendEvents(gateway.journal, 'p1', { ...returned, id: 'r0', atMs: sinceMs - 1 });
    const partition = partitionOf('p1', PARTITIONS);
    await until(async () => {
      const saved = await gateway.journal.checkpoint('gateway-returned', partition);
      return saved?.offset === 1 ? true : null;
    });
    expect(await offWard()).not.toBeNull();
    const dashboard = await gateway.dashboard();
    await until(async () =>
      (await watch(dashboard, 'ward/main')).patients[0]?.admission?.offWard ? true : null,
    );
    const updates = updatesOf(dashboard);
    await appendEvents(gateway.journal, 'p1', { ...returned, id: 'r1', atMs: sinceMs + 180_000 });
    await until(() => (updates[0]?.patients[0]?.admission?.offWard === null ? true : null));
    expect(await offWard()).toBeNull();
    const [entry] = await gateway.registry.audit.query({
      subject: 'p1',
      action: 'patient.returned',
    });
    expect(entry).toMatchObject({ role: 'station' });
  });
});

describe('a device that belongs to nobody', () => {
  it('is shown in the ward that it belongs to until somebody wears it', async () => {
    await change('POST', '/api/wards/north/devices', { device: 'lost-1' });
    const dashboard = await gateway.dashboard();
    await watch(dashboard, 'ward/main');
    await watch(dashboard, 'ward/north');
    const updates = updatesOf(dashboard);
    const nowMs = Date.now();
    const key = 'lost-1';
    await appendWard(gateway.journal, key, strayLink(key, true, nowMs), strayOf(key, nowMs + 1));
    // not known to any registry: of no ward
    await appendWard(gateway.journal, 'alien', strayOf('alien', nowMs));
    await until(() => (updates.some(({ strays }) => strays?.[0]?.frames === 10) ? true : null));
    expect(new Set(updates.map(({ room }) => room))).toEqual(new Set(['ward/north']));
    expect(updates.at(-1)?.strays).toEqual([
      {
        device: 'lost-1',
        origin: ORIGIN,
        connected: true,
        lastDataMs: nowMs + 1,
        reason: 'not-admitted',
        frames: 10,
      },
    ]);
    updates.length = 0;
    const device = { device: 'lost-1', position: 'wrist', mode: 'continuous' };
    await change('POST', '/api/wards/north/patients', { ...anna, device });
    await until(() => (updates.some(({ patients }) => patients.length > 0) ? true : null));
    expect(updates).toMatchObject([
      { room: 'ward/north', patients: [{ device: 'lost-1', connected: true }], strays: [] },
    ]);
  });

  it('is forgotten ten minutes after it went', async () => {
    await change('POST', '/api/wards/main/devices', { device: 'lost-1' });
    const nowMs = Date.now();
    const key = 'lost-1';
    await appendWard(gateway.journal, key, strayOf(key, nowMs), strayLink(key, false, nowMs + 1));
    const dashboard = await gateway.dashboard();
    await until(async () => ((await watch(dashboard, 'ward/main')).strays.length === 1 ? 1 : null));
    const updates = updatesOf(dashboard);
    const value = encodeRecord({ type: 'tick', atMs: nowMs + 600_001 });
    await gateway.journal.append('ward', [{ key: 'tick', partition: 0, value }]);
    await until(() => updates[0] ?? null);
    expect(updates).toMatchObject([{ room: 'ward/main', patients: [], strays: [] }]);
  });
});

it('the wall is the same after a restart, without the registry’s help', async () => {
  await change('POST', '/api/wards/main/devices', { device: 'watch-p1' });
  await change('POST', '/api/wards/main/devices', { device: 'lost-1' });
  const device = { device: 'watch-p1', position: 'wrist', mode: 'continuous' };
  await change('POST', '/api/wards/main/patients', { ...anna, device });
  await change('PUT', '/api/patients/p1/off-ward', { reason: 'shower' });
  await change('POST', '/api/wards/main/patients', { ...anna, patient: 'p2' });
  await change('POST', '/api/patients/p2/discharge');
  await appendVital(gateway.journal, vitalOf('p1', 7));
  await appendWard(gateway.journal, 'lost-1', strayOf('lost-1', Date.now()));
  const whole = async () => {
    const dashboard = await gateway.dashboard();
    const ward = await watch(dashboard, 'ward/main');
    const p2 = await watch(dashboard, 'patient/p2');
    const { title, patients, strays } = ward;
    if (!patients[0]?.vital || strays.length === 0) return null;
    return { title, patients, strays, discharged: p2.patients };
  };
  const before = await until(whole);
  expect(before.patients).toHaveLength(1);
  expect(before.discharged).toMatchObject([{ patient: 'p2', admission: null }]);
  const next = (await gateway.journal.bounds('ward')).map((bound) => bound.next);
  await until(async () => {
    // what is saved is saved a few seconds after it was read, with a later record
    await appendWard(gateway.journal, 'p1', { type: 'tick', atMs: 1 });
    await appendWard(gateway.journal, 'p3', { type: 'tick', atMs: 1 });
    const saved = await Promise.all(
      next.map((_, partition) => gateway.journal.checkpoint('gateway-ward', partition)),
    );
    return saved.every((checkpoint, i) => (checkpoint?.offset ?? 0) >= next[i]!) ? true : null;
  });
  await gateway.close();
  gateway = await startGateway(folder);
  const after = await whole();
  expect(after).toEqual(before);
});

it('a journal begun anew is told who is where and under which limits', async () => {
  await change('POST', '/api/wards/main/patients', anna);
  const own = { ...NO_LIMITS, heartRateHighBpm: 155 };
  await change('PUT', '/api/patients/p1/limits', { limits: own });
  await change('POST', '/api/wards/north/patients', { ...anna, patient: 'p2' });
  await gateway.close();
  rmSync(join(folder, 'journal'), { recursive: true });
  gateway = await startGateway(folder);
  const dashboard = await gateway.dashboard();
  const shown = async (room: Room) =>
    (await watch(dashboard, room)).patients.map(({ patient, limits }) => [patient, limits]);
  await until(async () => ((await shown('ward/main')).length === 1 ? true : null));
  await until(async () => ((await shown('ward/north')).length === 1 ? true : null));
  expect(await shown('ward/main')).toEqual([['p1', own]]);
  expect(await shown('ward/north')).toEqual([['p2', DEFAULT_WARD_LIMITS]]);
  // only then: a first start and a restart tell nothing twice
  const restored = () => gateway.registry.audit.query({ action: 'registry.restored' });
  expect(await restored()).toHaveLength(1);
  await gateway.close();
  gateway = await startGateway(folder);
  expect(await restored()).toHaveLength(1);
});
