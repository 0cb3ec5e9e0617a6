import 'reflect-metadata';
import { type INestApplicationContext, Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  DEFAULT_WARD_LIMITS,
  type VitalSigns,
  decodeWardRecord,
  vitalSignsKey,
} from '@app/contracts';
import { type SqliteJournal, openSqliteJournal } from '@app/journal';
import { openDataFolder, openRegistry } from '@app/registry';
import { openSeriesStore } from '@app/series';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { Health } from '../../apps/station/src/platform/health.js';
import { PlatformModule } from '../../apps/station/src/platform/platform.module.js';
import { ProcessorModule } from '../../apps/station/src/processor/processor.module.js';
import { PROCESSOR_CONSUMER } from '../../apps/station/src/processor/processor.service.js';
import { readSettings } from '../../apps/station/src/settings.js';
import { atSpeedOne, inputRecords } from '../parity/arrivals.js';
import { comparable } from '../parity/pipeline-run.js';
import { seededFrames } from '../parity/seeded-wearable.js';

jest.setTimeout(60_000);

const PARTITIONS = 2;
const DEVICES = ['wear-1', 'wear-2', 'wear-3', 'wear-4'];
const SECONDS = 60;
const WINDOWS = (SECONDS - 8) / 2 + 1;
const records = inputRecords(
  DEVICES.flatMap((device, seed) => atSpeedOne(seededFrames({ device, seed, seconds: SECONDS }))),
  { partitions: PARTITIONS },
);

let folder: string;
let warned: jest.SpiedFunction<Logger['warn']>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-processor-'));
  openDataFolder(folder, 'simulated', PARTITIONS);
  warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  for (const level of ['log', 'error'] as const)
    jest.spyOn(Logger.prototype, level).mockImplementation(() => undefined);
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

interface Running {
  app: INestApplicationContext;
  journal: SqliteJournal;
  metrics: Registry;
}

/** The processor role as the station composes it, on the test's folder. */
async function startProcessor(flags: Record<string, unknown> = {}): Promise<Running> {
  const journal = await openSqliteJournal({
    folder: join(folder, 'journal'),
    partitions: PARTITIONS,
  });
  const metrics = new Registry();
  const module = await Test.createTestingModule({
    imports: [
      PlatformModule.with({
        settings: readSettings({ data: folder, roles: 'processor', ...flags }, {}),
        journal,
        registry: await openRegistry(folder, { defaultWardLimits: DEFAULT_WARD_LIMITS }),
        series: openSeriesStore({
          kind: 'sqlite',
          file: join(folder, 'history.db'),
          retentionDays: 1,
        }),
        metrics,
        tls: null,
      }),
      ProcessorModule,
    ],
  }).compile();
  return { app: await module.init(), journal, metrics };
}

async function vitalsOf(journal: SqliteJournal): Promise<VitalSigns[]> {
  const vitals: VitalSigns[] = [];
  for (const [partition, { oldest, next }] of (await journal.bounds('ward')).entries()) {
    for (const { value } of await journal.read('ward', partition, oldest, next - oldest)) {
      const record = decodeWardRecord(value);
      if (record.type === 'vitals') vitals.push(record.vital);
    }
  }
  return vitals;
}

/** Resolves when this many results are there. */
async function results(journal: SqliteJournal, count: number): Promise<VitalSigns[]> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const vitals = await vitalsOf(journal);
    if (vitals.length >= count) return vitals;
    await sleep(100);
  }
  throw new Error(`fewer than ${count} results`);
}

const byKey = (vitals: readonly VitalSigns[]) =>
  new Map(vitals.map((vital) => [vitalSignsKey(vital), comparable(vital)]));

describe('the processor role', () => {
  it('goes on where it stopped, and repeats nothing', async () => {
    const first = await startProcessor();
    await first.journal.append('frames', records.slice(0, 150));
    await results(first.journal, 10);
    await first.app.close();

    const second = await startProcessor();
    await second.journal.append('frames', records.slice(150));
    const vitals = await results(second.journal, DEVICES.length * WINDOWS);
    await second.app.close();
    expect(vitals.length).toBe(DEVICES.length * WINDOWS);
    expect(byKey(vitals).size).toBe(vitals.length);
  });

  it('computes anew from the oldest record when it cannot read its state, once, and says so', async () => {
    const first = await startProcessor();
    await first.journal.append('frames', records);
    const before = await results(first.journal, DEVICES.length * WINDOWS);
    await first.app.close();

    const spoiler = await openSqliteJournal({
      folder: join(folder, 'journal'),
      partitions: PARTITIONS,
    });
    for (let partition = 0; partition < PARTITIONS; partition++) {
      const saved = await spoiler.checkpoint(PROCESSOR_CONSUMER, partition);
      const state = new Map(
        [...saved!.state.keys()].map((key) => [key, new Uint8Array([1, 2, 3])]),
      );
      await spoiler.commit(PROCESSOR_CONSUMER, [{ ...saved!, state }]);
    }
    await spoiler.close();

    const second = await startProcessor();
    const after = await results(second.journal, 2 * DEVICES.length * WINDOWS);
    await second.app.close();
    expect(byKey(after)).toEqual(byKey(before));
    expect(warned.mock.calls.map(String).join()).toContain('computed anew');

    warned.mockClear();
    const third = await startProcessor();
    await sleep(300);
    expect((await vitalsOf(third.journal)).length).toBe(after.length);
    await third.app.close();
    expect(warned).not.toHaveBeenCalled();
  });

  it('shares the partitions among its processes', async () => {
    const one = await startProcessor({ processors: 2, processorIndex: 1 });
    await one.journal.append('frames', records);
    const mine = await results(one.journal, WINDOWS);
    await sleep(300);
    const still = await vitalsOf(one.journal);
    await one.app.close();
    const other = await startProcessor({ processors: 2, processorIndex: 0 });
    const all = await results(other.journal, DEVICES.length * WINDOWS);
    await other.app.close();
    expect(mine.length).toBeLessThan(all.length);
    expect(new Set(still.map(({ device }) => device)).size).toBeLessThan(DEVICES.length);
    expect(byKey(all).size).toBe(DEVICES.length * WINDOWS);
    expect(all.length).toBe(DEVICES.length * WINDOWS);
  });

  it('runs on the spectrum when there is no model, is ready, and says why', async () => {
    const { app, journal, metrics } = await startProcessor({ models: join(folder, 'no-models') });
    await journal.append('frames', records);
    const vitals = await results(journal, DEVICES.length * WINDOWS);
    const parts = app.get(Health).parts();
    expect(parts.find(({ name }) => name === 'processor')).toMatchObject({ ok: true });
    const network = parts.find(({ name }) => name === 'heartRate network');
    expect(network).toMatchObject({ ok: false, required: false });
    expect(network?.message).toContain('spectrum alone');
    expect(network?.message).toContain('registry.json');
    expect(new Set(vitals.map(({ heartRate }) => heartRate.model.name))).toEqual(
      new Set(['spectral']),
    );
    expect(vitals.filter(({ heartRate }) => heartRate.bpm !== null).length).toBeGreaterThan(40);
    const text = await metrics.metrics();
    expect(text).toMatch(/vigil_windows_total\{lane="live",withheld="none"\} \d+/);
    expect(text).toMatch(/vigil_processor_backlog_records 0/);
    expect(text).toMatch(/vigil_sessions 4/);
    expect(text).toMatch(/vigil_result_latency_seconds_count 108/);
    await app.close();
  });

  it('counts what shares a batch', async () => {
    const { app, journal, metrics } = await startProcessor();
    await journal.append('frames', records);
    await results(journal, DEVICES.length * WINDOWS);
    const text = await metrics.metrics();
    await app.close();
    const sum = Number(/vigil_batch_rows_sum\{model="hr[^}]*\} (\d+)/.exec(text)?.[1]);
    const count = Number(/vigil_batch_rows_count\{model="hr[^}]*\} (\d+)/.exec(text)?.[1]);
    expect(sum).toBe(DEVICES.length * WINDOWS);
    expect(sum / count).toBeGreaterThan(1.5);
  });
});
