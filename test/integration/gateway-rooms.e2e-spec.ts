import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_LIMITS, type Room, type Snapshot, type Update, partitionOf } from '@app/contracts';
import { COMMAND_LINE } from '@app/registry';
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
import {
  alarmOf,
  appendEvents,
  appendLink,
  appendProgress,
  appendVital,
  vitalOf,
} from './gateway-records.js';

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

async function watch(dashboard: Dashboard, room: Room): Promise<Snapshot> {
  const answer = await dashboard.emitWithAck('watch', room);
  if ('error' in answer) throw new Error(answer.error);
  return answer;
}

describe('rooms', () => {
  it('gives a snapshot, then updates numbered one by one with the patients that changed', async () => {
    const { journal, registry } = gateway;
    await gateway.admit('p1', 'p2');
    await appendLink(journal, 'p1', true, 1000);
    await appendVital(journal, vitalOf('p1', 0));
    await appendVital(journal, vitalOf('p2', 0));
    const dashboard = await gateway.dashboard();
    const snapshot = await until(async () => {
      const answer = await watch(dashboard, 'ward/main');
      return answer.patients.every(({ vital }) => vital !== null) ? answer : null;
    });
    expect(snapshot.patients.map(({ patient }) => patient)).toEqual(['p1', 'p2']);
    expect(snapshot.patients[0]).toMatchObject({
      origin: 'simulated',
      device: 'watch-p1',
      connected: true,
      connectedSinceMs: 1000,
      admission: { ward: 'main', label: 'p1', devices: [{ device: 'watch-p1' }] },
      limits: (await registry.wards.find('main'))?.limits,
      alarms: [],
      vital: vitalOf('p1', 0),
    });
    expect(snapshot).toMatchObject({ room: 'ward/main', title: 'Ward', strays: [] });
    expect(Math.abs(snapshot.serverMs - Date.now())).toBeLessThan(5000);

    const updates: Update[] = [];
    dashboard.on('update', (update) => updates.push(update));
    for (let window = 1; window <= 3; window++) {
      await appendVital(journal, vitalOf('p1', window));
      await until(() => (updates.at(-1)?.patients[0]?.vital?.window === window ? true : null));
    }
    await appendEvents(journal, 'p2', alarmOf('p2', 'e1'));
    await until(() => (updates.at(-1)?.patients[0]?.alarms.length === 1 ? true : null));
    expect(updates.map(({ sequence }) => sequence - snapshot.sequence)).toEqual(
      updates.map((_, i) => i + 1),
    );
    expect(updates.every(({ room }) => room === 'ward/main')).toBe(true);
    expect(updates.at(-1)?.patients.map(({ patient }) => patient)).toEqual(['p2']);
  });

  it('repairs a missed update by another watch: nothing is numbered twice', async () => {
    const { journal } = gateway;
    await gateway.admit('p1');
    const dashboard = await gateway.dashboard();
    const first = await watch(dashboard, 'ward/main');
    expect(first.sequence).toBe(0);
    // deaf for a while, as a client whose network was away
    const missed = next(dashboard, 'update');
    await appendVital(journal, vitalOf('p1', 0));
    expect((await missed).sequence).toBe(1);
    const repaired = await watch(dashboard, 'ward/main');
    expect(repaired).toMatchObject({ sequence: 1, patients: [{ vital: { window: 0 } }] });
    const update = next(dashboard, 'update');
    await appendVital(journal, vitalOf('p1', 1));
    expect((await update).sequence).toBe(2);
  });

  it('sends a patient room only its patient, with a count of its own, until it is left', async () => {
    const { journal } = gateway;
    await gateway.admit('p1', 'p2');
    const dashboard = await gateway.dashboard();
    const { patients } = await watch(dashboard, 'patient/p1');
    expect(patients).toMatchObject([{ patient: 'p1', vital: null }]);
    const updates: Update[] = [];
    dashboard.on('update', (update) => updates.push(update));
    await appendVital(journal, vitalOf('p2', 0));
    await appendVital(journal, vitalOf('p1', 0));
    await until(() => (updates.length > 0 ? true : null));
    expect(updates).toHaveLength(1);
    expect(updates[0]).toMatchObject({
      room: 'patient/p1',
      sequence: 1,
      patients: [{ patient: 'p1' }],
    });
    dashboard.emit('unwatch', 'patient/p1');
    const ward = await watch(dashboard, 'ward/main');
    await appendVital(journal, vitalOf('p1', 1));
    await until(() => (updates.length > 1 ? true : null));
    expect(updates.slice(1).map(({ room }) => room)).toEqual(['ward/main']);
    expect(ward.sequence).toBe(0);
  });

  it('sends changes of one moment together', async () => {
    const names = Array.from({ length: 100 }, (_, i) => `p${i}`);
    await gateway.admit(...names);
    const dashboard = await gateway.dashboard();
    await watch(dashboard, 'ward/main');
    const updates: Update[] = [];
    dashboard.on('update', (update) => updates.push(update));
    await Promise.all(names.map((name) => appendVital(gateway.journal, vitalOf(name, 0))));
    const seen = () => new Set(updates.flatMap(({ patients }) => patients.map((p) => p.patient)));
    await until(() => (seen().size === 100 ? true : null));
    expect(updates.length).toBeLessThan(20);
  });

  it('shows limits in force, the patient’s before the ward’s', async () => {
    const { registry } = gateway;
    await gateway.admit('p1');
    const dashboard = await gateway.dashboard();
    await watch(dashboard, 'ward/main');
    const high = (bpm: number) =>
      next(dashboard, 'update', ({ patients }) => patients[0]?.limits?.heartRateHighBpm === bpm);
    const limits = { ...NO_LIMITS, heartRateHighBpm: 130, heartRateLowBpm: 45 };
    const ward = high(130);
    await registry.wards.setLimits(COMMAND_LINE, 'main', limits);
    expect((await ward).patients[0]?.limits).toEqual(limits);
    const own = { ...limits, heartRateHighBpm: 140 };
    const patient = high(140);
    await registry.patients.setLimits(COMMAND_LINE, 'p1', own);
    expect((await patient).patients[0]?.limits).toEqual(own);
    const again = high(130);
    await registry.patients.setLimits(COMMAND_LINE, 'p1', null);
    expect((await again).patients[0]?.limits).toEqual(limits);
  });

  it('lets go of who is discharged, and shows who is admitted, changed on the command line too', async () => {
    const { registry } = gateway;
    await gateway.admit('p1');
    const dashboard = await gateway.dashboard();
    await watch(dashboard, 'ward/main');
    const gone = next(dashboard, 'update', (update) => update.gone.length > 0);
    await registry.patients.discharge(COMMAND_LINE, 'p1');
    expect(await gone).toMatchObject({ gone: ['p1'] });
    expect((await watch(dashboard, 'ward/main')).patients).toEqual([]);
    const admitted = next(dashboard, 'update', ({ patients }) => patients.length > 0);
    const request = { patient: 'p2', name: 'Somebody', label: 'S.', bed: null };
    await registry.patients.admit(COMMAND_LINE, 'main', request);
    expect((await admitted).patients).toMatchObject([
      { patient: 'p2', admission: { label: 'S.', devices: [] }, vital: null },
    ]);
    expect(JSON.stringify(await admitted)).not.toContain('Somebody');
  });
});

describe('the wall', () => {
  it('is the same after a restart, from the saved offset', async () => {
    const { journal } = gateway;
    await gateway.admit('p1');
    await appendLink(journal, 'p1', true, 1000);
    await appendVital(journal, vitalOf('p1', 7));
    await appendEvents(journal, 'p1', alarmOf('p1', 'e1'));
    const dashboard = await gateway.dashboard();
    const before = await until(async () => {
      const answer = await watch(dashboard, 'ward/main');
      return answer.patients[0]?.alarms.length && answer.patients[0].vital ? answer : null;
    });
    const partition = partitionOf('p1', PARTITIONS);
    await until(() => journal.checkpoint('gateway-ward', partition));
    await until(() => journal.checkpoint('gateway-events', partition));
    await gateway.close();
    gateway = await startGateway(folder);
    const again = await until(async () => {
      const answer = await watch(await gateway.dashboard(), 'ward/main');
      return answer.patients[0]?.alarms.length && answer.patients[0].vital ? answer : null;
    });
    expect(again.patients).toEqual(before.patients);
  });

  it('says NOT LIVE by its heartbeat: progress of every partition, and what is wrong', async () => {
    const dashboard = await gateway.dashboard();
    const silent = await next(dashboard, 'heartbeat');
    expect(silent).toMatchObject({ processorMs: null, alarmsMs: null });
    expect(silent.notices).toContain('The processor has not reported yet');
    const tickMs = Date.now();
    await appendProgress(gateway.journal, tickMs);
    gateway.health.register(
      'history store',
      () => ({ ok: false, message: 'History store is away for 12 s' }),
      false,
    );
    const beat = await next(
      dashboard,
      'heartbeat',
      ({ alarmsMs, processorMs }) => alarmsMs !== null && processorMs !== null,
    );
    expect(beat).toMatchObject({ processorMs: tickMs, alarmsMs: tickMs });
    expect(beat.notices).toEqual(['History store is away for 12 s']);
    const following = await next(dashboard, 'heartbeat');
    expect(following.sequence).toBe(beat.sequence + 1);
    expect(following.serverMs - beat.serverMs).toBeGreaterThan(800);
    expect(following.serverMs - beat.serverMs).toBeLessThan(1800);
  });
});
