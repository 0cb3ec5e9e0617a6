import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { jest } from '@jest/globals';
import {
  type ClientEvents,
  DEFAULT_WARD_LIMITS,
  type PatientsResponse,
  type PersonRole,
  type ServerEvents,
} from '@app/contracts';
import { type SqliteJournal, openSqliteJournal } from '@app/journal';
import { type Registry, drainOutbox, openDataFolder, openRegistry } from '@app/registry';
import { type SeriesStore, openSeriesStore } from '@app/series';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry as Metrics } from 'prom-client';
import { type Socket, io } from 'socket.io-client';
import { configureHttp } from '../../apps/station/src/gateway/configure-http.js';
import { GatewayModule } from '../../apps/station/src/gateway/gateway.module.js';
import { DASHBOARD } from '../../apps/station/src/gateway/web/dashboard.controller.js';
import { MetricsSources } from '../../apps/station/src/operations/metrics-sources.js';
import { OperationsModule } from '../../apps/station/src/operations/operations.module.js';
import { Health } from '../../apps/station/src/platform/health.js';
import { PlatformModule } from '../../apps/station/src/platform/platform.module.js';
import { readSettings } from '../../apps/station/src/settings.js';
import { deviceOf } from './gateway-records.js';
import { type SignedIn, signedIn } from './signed-in.js';
import { wearing } from './wearing.js';

// real servers on a busy machine: slow is not wrong
jest.setTimeout(30_000);

export const PARTITIONS = 2;

export type Dashboard = Socket<ServerEvents, ClientEvents>;

/** A gateway with the real journal and history on a folder of its own, at a free port. */
export interface GatewayApp {
  journal: SqliteJournal;
  registry: Registry;
  series: SeriesStore;
  health: Health;
  sources: MetricsSources;
  url: string;
  app: NestExpressApplication;
  /** Of a nurse of all wards, who is signed in: for `fetch` and sockets. */
  headers: { cookie: string };
  /** `fetch` with those headers. */
  get(path: string): Promise<Response>;
  signIn(role: PersonRole, wards?: string[] | 'all', name?: string): Promise<SignedIn>;
  /** Admits patients to ward `main`, each with its device (`deviceOf`). Resolves when the wall shows them. */
  admit(...patients: string[]): Promise<void>;
  /** A connected dashboard of that nurse, or of whose headers these are; closed with the app. */
  dashboard(headers?: { cookie: string }): Promise<Dashboard>;
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
  modules: Type[] = [],
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
  const registry = await openRegistry(folder, { defaultWardLimits: DEFAULT_WARD_LIMITS });
  const nurse = await signedIn(registry, 'nurse', 'all', 'Noor');
  const metrics = new Metrics();
  const platform = { settings, journal, registry, series, metrics, tls: null };
  const building = Test.createTestingModule({
    imports: [PlatformModule.with(platform), OperationsModule, GatewayModule, ...modules],
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
    registry,
    series,
    health: app.get(Health),
    sources: app.get(MetricsSources),
    url,
    app,
    headers: nurse.headers,
    get: (path) => fetch(new URL(path, url), { headers: nurse.headers }),
    signIn: (role, wards, name) => signedIn(registry, role, wards, name),
    async admit(...patients) {
      for (const patient of patients)
        await wearing(registry, { device: deviceOf(patient), patient });
      await drainOutbox(registry, journal);
      await until(async () => {
        const answer = await fetch(`${url}/api/patients`, { headers: nurse.headers });
        const { patients: shown } = (await answer.json()) as PatientsResponse;
        const known = new Set(shown.flatMap((one) => (one.admission ? [one.patient] : [])));
        return patients.every((patient) => known.has(patient)) ? true : null;
      });
    },
    async dashboard(headers = nurse.headers) {
      const socket: Dashboard = io(url, {
        reconnection: false,
        transports: ['websocket'],
        extraHeaders: headers,
      });
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
