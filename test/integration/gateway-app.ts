import 'reflect-metadata';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { jest } from '@jest/globals';
import type { ClientEvents, ServerEvents } from '@app/contracts';
import { type SqliteJournal, openSqliteJournal } from '@app/journal';
import { openDataFolder, openDeviceStore } from '@app/registry';
import { type SeriesStore, openSeriesStore } from '@app/series';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { type Socket, io } from 'socket.io-client';
import { configureHttp } from '../../apps/station/src/gateway/configure-http.js';
import { GatewayModule } from '../../apps/station/src/gateway/gateway.module.js';
import { DASHBOARD } from '../../apps/station/src/gateway/web/dashboard.controller.js';
import { MetricsSources } from '../../apps/station/src/operations/metrics-sources.js';
import { OperationsModule } from '../../apps/station/src/operations/operations.module.js';
import { Health } from '../../apps/station/src/platform/health.js';
import { PlatformModule } from '../../apps/station/src/platform/platform.module.js';
import { readSettings } from '../../apps/station/src/settings.js';

// real servers on a busy machine: slow is not wrong
jest.setTimeout(30_000);

export const PARTITIONS = 2;

export type Dashboard = Socket<ServerEvents, ClientEvents>;

/** A gateway with the real journal and history on a folder of its own, at a free port. */
export interface GatewayApp {
  journal: SqliteJournal;
  series: SeriesStore;
  health: Health;
  sources: MetricsSources;
  url: string;
  app: NestExpressApplication;
  /** A connected dashboard; closed with the app. */
  dashboard(): Promise<Dashboard>;
  closeDashboards(): void;
  close(): Promise<void>;
}

export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'vigil-gateway-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

export async function startGateway(
  folder: string,
  flags: Record<string, unknown> = {},
  dashboard?: string,
): Promise<GatewayApp> {
  openDataFolder(folder, 'simulated', PARTITIONS);
  const journal = await openSqliteJournal({
    folder: join(folder, 'journal'),
    partitions: PARTITIONS,
  });
  const series = openSeriesStore({
    kind: 'sqlite',
    file: join(folder, 'history.db'),
    retentionDays: 3650,
  });
  await series.prepare();
  const settings = readSettings({ data: folder, httpPort: 0, ...flags }, {});
  const devices = openDeviceStore(folder);
  const platform = { settings, journal, devices, series, metrics: new Registry(), tls: null };
  const building = Test.createTestingModule({
    imports: [PlatformModule.with(platform), OperationsModule, GatewayModule],
  });
  if (dashboard !== undefined) building.overrideProvider(DASHBOARD).useValue(dashboard);
  const module = await building.compile();
  const app = module.createNestApplication<NestExpressApplication>({
    logger: ['error', 'fatal'],
    forceCloseConnections: true,
  });
  configureHttp(app, settings, dashboard);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const dashboards: Dashboard[] = [];
  const closeDashboards = (): void => {
    for (const socket of dashboards.splice(0)) socket.disconnect();
  };
  return {
    journal,
    series,
    health: app.get(Health),
    sources: app.get(MetricsSources),
    url,
    app,
    async dashboard() {
      const socket: Dashboard = io(url, { reconnection: false, transports: ['websocket'] });
      dashboards.push(socket);
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      return socket;
    },
    closeDashboards,
    async close() {
      closeDashboards();
      await app.close();
    },
  };
}

/** The next message of a name that fits. */
export function next<E extends keyof ServerEvents>(
  socket: Dashboard,
  event: E,
  fits: (message: Parameters<ServerEvents[E]>[0]) => boolean = () => true,
): Promise<Parameters<ServerEvents[E]>[0]> {
  return new Promise((resolve) => {
    const listen = (message: Parameters<ServerEvents[E]>[0]): void => {
      if (!fits(message)) return;
      socket.off(event, listen as never);
      resolve(message);
    };
    socket.on(event, listen as never);
  });
}

/** Until `check` gives something. Rejects after 20 s. */
export async function until<T>(check: () => T | null | Promise<T | null>): Promise<T> {
  for (const started = performance.now(); performance.now() - started < 20_000;) {
    const found = await check();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`did not come in 20 s: ${check.toString()}`);
}
