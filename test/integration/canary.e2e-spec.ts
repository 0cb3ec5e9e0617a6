import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AlarmLogEntry,
  CANARY,
  CANARY_BPM,
  type Canary,
  type Heartbeat,
  type PatientsResponse,
  decodeEventRecord,
  decodeWardRecord,
} from '@app/contracts';
import { COMMAND_LINE } from '@app/registry';
import { connectAsync } from 'mqtt';
import { AlarmsModule } from '../../apps/station/src/alarms/alarms.module.js';
import { BrokerModule } from '../../apps/station/src/broker/broker.module.js';
import { MqttServer } from '../../apps/station/src/broker/mqtt-server.js';
import { CanaryModule } from '../../apps/station/src/canary/canary.module.js';
import { HistoryModule } from '../../apps/station/src/history/history.module.js';
import { ProcessorModule } from '../../apps/station/src/processor/processor.module.js';
import {
  type Dashboard,
  type GatewayApp,
  PARTITIONS,
  makeFolder,
  removeFolder,
  startGateway,
} from './gateway-app.js';

const LONG_MS = 150_000;

let folder: string;
let station: GatewayApp;
let dashboard: Dashboard;

beforeAll(async () => {
  folder = makeFolder();
  const modules = [BrokerModule, CanaryModule, ProcessorModule, AlarmsModule, HistoryModule];
  station = await startGateway(folder, { mqttPort: 0 }, undefined, modules);
  await station.admit('p1');
  dashboard = await station.dashboard();
}, LONG_MS);
afterAll(async () => {
  await station.close();
  removeFolder(folder);
});

function mqttUrl(): string {
  const address = station.app.get(MqttServer, { strict: false }).address;
  return `mqtt://127.0.0.1:${address?.port}`;
}

async function recordsOf<T>(
  stream: 'ward' | 'events',
  decode: (bytes: Uint8Array) => T,
): Promise<T[]> {
  const pages = await Promise.all(
    Array.from({ length: PARTITIONS }, (_, partition) =>
      station.journal.read(stream, partition, 0, 10_000),
    ),
  );
  return pages.flat().map(({ value }) => decode(value));
}

async function slowly<T>(find: () => Promise<T | undefined>): Promise<T> {
  const endMs = Date.now() + LONG_MS;
  while (Date.now() < endMs) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('it did not come');
}

describe('the canary', () => {
  it(
    'goes the whole way to every dashboard, with its rate, and the heartbeat says so',
    async () => {
      const heartbeats: Heartbeat[] = [];
      dashboard.on('heartbeat', (heartbeat) => heartbeats.push(heartbeat));
      const canary = await new Promise<Canary>((resolve) => {
        dashboard.once('canary', (message, seen) => {
          seen();
          resolve(message);
        });
      });
      expect(canary.serverMs - canary.windowEndMs).toBeLessThan(10_000);
      const health = await slowly(async () => {
        const last = heartbeats.at(-1)?.canary;
        return last && last.lastMs !== null ? last : undefined;
      });
      expect(health.lastMs).toBeGreaterThanOrEqual(canary.windowEndMs);
      expect(health.latencyP99Ms).toBeGreaterThanOrEqual(0);
      expect(health.latencyP99Ms).toBeLessThan(10_000);
      const events = await recordsOf('events', decodeEventRecord);
      const [event] = events.filter(({ type }) => type === 'canary');
      expect(event).toMatchObject({ id: canary.id, patient: CANARY });
      const off = Math.abs((event as { bpm: number }).bpm - CANARY_BPM.rate);
      expect(off).toBeLessThanOrEqual(CANARY_BPM.tolerance);
    },
    LONG_MS,
  );

  it('is in no ward, list, log, history or count', async () => {
    const ward = await dashboard.emitWithAck('watch', 'ward/main');
    expect(ward).toMatchObject({ patients: [{ patient: 'p1' }], strays: [] });
    const all = (await (await station.get('/api/patients')).json()) as PatientsResponse;
    expect(all.patients.map(({ patient }) => patient)).toEqual(['p1']);
    expect((await station.get(`/api/patients/${CANARY}`)).status).not.toBe(200);
    const log = (await (await station.get('/api/wards/main/alarms')).json()) as AlarmLogEntry[];
    expect(log.filter(({ event }) => event.patient === CANARY)).toEqual([]);
    expect(await station.series.readWindows({ patient: CANARY, limit: 10 })).toEqual([]);
    const records = await recordsOf('ward', decodeWardRecord);
    const kinds = new Set(
      records.filter((one) => 'device' in one && one.device === CANARY).map(({ type }) => type),
    );
    expect([...kinds]).toEqual([]);
    const broker = station.health.parts().find(({ name }) => name === 'broker');
    expect(broker?.message).toMatch(/ 0 connections$/);
    expect((await station.registry.devices.list()).map(({ device }) => device)).not.toContain(
      CANARY,
    );
  });

  it('lets nobody in under its name', async () => {
    await expect(
      connectAsync(
        mqttUrl(),
        {
          clientId: CANARY,
          username: CANARY,
          password: 'guessed',
          protocolVersion: 4,
          reconnectPeriod: 0,
        },
        false,
      ),
    ).rejects.toThrow();
    await expect(station.registry.devices.add(COMMAND_LINE, 'main', CANARY)).rejects.toThrow(
      /station's own/,
    );
  });
});

describe('a ward that loses its last dashboard', () => {
  const unwatched = async (change: string) => {
    const events = await recordsOf('events', decodeEventRecord);
    return events.find(
      (event) =>
        event.type === 'alarm' && event.rule === 'ward-unwatched' && event.change === change,
    );
  };

  it(
    'is called out for, until a dashboard is back',
    async () => {
      await dashboard.emitWithAck('watch', 'ward/main');
      // the first word of it: that somebody watches
      await slowly(async () => {
        const records = await recordsOf('ward', decodeWardRecord);
        return records.find((one) => one.type === 'health' && one.part === 'dashboards' && one.ok);
      });
      station.closeDashboards();
      const raised = await slowly(() => unwatched('raised'));
      expect(raised).toMatchObject({ patient: 'ward:main', priority: 'high', signal: 'on' });
      dashboard = await station.dashboard();
      const ward = await dashboard.emitWithAck('watch', 'ward/main');
      expect(ward).toMatchObject({ wardAlarms: [{ rule: 'ward-unwatched' }] });
      const updates: (string[] | null)[] = [];
      dashboard.on('update', ({ wardAlarms }) =>
        updates.push(wardAlarms === null ? null : wardAlarms.map(({ rule }) => rule)),
      );
      await slowly(() => unwatched('ended'));
      await slowly(async () => updates.find((rules) => rules !== null && rules.length === 0));
    },
    LONG_MS,
  );
});
