import { openSqliteJournal, type Journal } from '@app/journal';
import { openDataFolder, openRegistry, type Registry } from '@app/registry';
import { DEFAULT_WARD_LIMITS, type Origin } from '@app/contracts';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry as Metrics } from 'prom-client';
import { BrokerModule } from '../../apps/station/src/broker/broker.module.js';
import { MqttServer } from '../../apps/station/src/broker/mqtt-server.js';
import { type Clock, systemClock } from '../../apps/station/src/platform/clock.js';
import { Health } from '../../apps/station/src/platform/health.js';
import {
  CLOCK,
  JOURNAL,
  METRICS,
  REGISTRY,
  SETTINGS_TOKEN,
  TLS,
} from '../../apps/station/src/platform/tokens.js';
import { readSettings } from '../../apps/station/src/settings.js';
import { wearing } from './wearing.js';

@Global()
@Module({})
class FixturePlatform {}

export interface BrokerFixture {
  port: number;
  folder: string;
  journal: Journal;
  registry: Registry;
  health: Health;
  /** Adds a device, worn for an hour by a patient `p-<device>`. @returns its secret. */
  addDevice(device: string): Promise<string>;
  /** Sum of a metric's values over the label sets that match. */
  metric(name: string, labels?: Record<string, string>): Promise<number>;
  /** A counter's values by the label `reason`. */
  reasons(name: string): Promise<Map<string, number>>;
  /** Waits for what the broker does in its own time. */
  until(condition: () => Promise<boolean> | boolean): Promise<void>;
  /** Stops the broker and leaves the data folder. */
  stop(): Promise<void>;
  /** Stops it, and removes the folder. */
  cleanUp(): Promise<void>;
}

export interface BrokerFixtureOptions {
  origin?: Origin;
  /** An existing data folder. */
  folder?: string;
  port?: number;
  wrapJournal?: (journal: Journal) => Journal;
  /** Of broker and registry. */
  clock?: Clock;
}

const WORN_BEFORE_MS = 3_600_000;

/** The broker role alone, on a real port, over a real journal and registry. */
export async function startBroker(options: BrokerFixtureOptions = {}): Promise<BrokerFixture> {
  const origin = options.origin ?? 'live';
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'vigil-broker-'));
  openDataFolder(folder, origin, 2);
  const opened = await openSqliteJournal({ folder: join(folder, 'journal'), partitions: 2 });
  const journal = options.wrapJournal?.(opened) ?? opened;
  const clock = options.clock ?? systemClock;
  const registry = await openRegistry(folder, {
    defaultWardLimits: DEFAULT_WARD_LIMITS,
    clock: () => clock.nowMs(),
  });
  const metrics = new Metrics();
  const settings = readSettings({ data: folder, mqttPort: options.port ?? 0 }, {});
  const platform: DynamicModule = {
    module: FixturePlatform,
    providers: [
      { provide: SETTINGS_TOKEN, useValue: settings },
      { provide: JOURNAL, useValue: journal },
      { provide: REGISTRY, useValue: registry },
      { provide: METRICS, useValue: metrics },
      { provide: TLS, useValue: null },
      { provide: CLOCK, useValue: clock },
      Health,
    ],
    exports: [SETTINGS_TOKEN, JOURNAL, REGISTRY, METRICS, TLS, CLOCK, Health],
  };
  const closeStores = async () => {
    await registry.close();
    await journal.close();
  };
  const app = await NestFactory.createApplicationContext(
    { module: class Fixture {}, imports: [platform, BrokerModule] },
    { logger: false, abortOnError: false },
  ).catch(async (error: unknown) => {
    await closeStores();
    throw error;
  });
  let running = true;
  const stop = async () => {
    if (!running) return;
    running = false;
    await app.close();
    await closeStores();
  };
  return {
    port: app.get(MqttServer).address?.port ?? 0,
    folder,
    journal,
    registry,
    health: app.get(Health),
    addDevice: (device) => {
      const sinceMs = Date.now() - WORN_BEFORE_MS;
      return wearing(registry, { device, patient: `p-${device}`, sinceMs });
    },
    metric: async (name, labels = {}) => {
      const { values } = (await metrics.getSingleMetric(name)?.get()) ?? { values: [] };
      return values
        .filter((value) =>
          Object.entries(labels).every(([label, wanted]) => value.labels[label] === wanted),
        )
        .reduce((sum, { value }) => sum + value, 0);
    },
    reasons: async (name) => {
      const { values } = (await metrics.getSingleMetric(name)?.get()) ?? { values: [] };
      return new Map(values.map(({ labels, value }) => [String(labels['reason']), value]));
    },
    until,
    stop,
    cleanUp: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it did not happen within 10 s');
}
