import { type VitalSigns, type WardRecord, decodeWardRecord, vitalSignsKey } from '@app/contracts';
import { type JournalRecord, type NewRecord, openSqliteJournal } from '@app/journal';
import { deepStrictEqual } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import type { Networks } from '../../apps/station/src/processor/networks.js';
import { Pipeline } from '../../apps/station/src/processor/pipeline.js';
import type { PipelineParts } from '../../apps/station/src/processor/pipeline-parts.js';
import { ProcessorMetrics } from '../../apps/station/src/processor/processor-metrics.js';

export interface RunOptions {
  networks: Networks;
  partitions: number;
  /** Sizes of the batches that the pipeline gets, in turn. */
  batchSizes?: number[];
  /** After this many records: a checkpoint, and `lost` records later the process dies and starts again from it. */
  restarts?: { after: number; lost: number }[];
  /** What else looks at the windows. */
  also?: Pick<PipelineParts, 'shadows' | 'drift'>;
}

export interface RunResult {
  /** By key, without what the time of arrival may change: latency and the station's clock. */
  vitals: Map<string, Comparable>;
  /** By key, without the latency. Fails when a result was appended twice with two meanings. */
  repeatable: () => Map<string, Repeatable>;
  /** Results as they were appended, repeated ones too. */
  appended: VitalSigns[];
  ward: WardRecord[];
  metric: (name: string, labels?: Record<string, string>) => Promise<number>;
}

/** What two runs of the same samples share, however they arrived. */
export type Comparable = Omit<VitalSigns, 'latencyMs' | 'endMs' | 'clockErrorMs'>;
/** What two runs of the same records share. */
export type Repeatable = Omit<VitalSigns, 'latencyMs'>;

/** Runs the processor's pipeline on records through a real journal. */
export async function runPipeline(records: NewRecord[], options: RunOptions): Promise<RunResult> {
  const { networks, partitions, batchSizes = [64], restarts = [], also = {} } = options;
  const folder = mkdtempSync(join(tmpdir(), 'vigil-parity-'));
  const journal = await openSqliteJournal({ folder: join(folder, 'journal'), partitions });
  const registry = new Registry();
  const metrics = new ProcessorMetrics(registry);
  const parts = { journal, networks, metrics, clock: { nowMs: () => performance.now() }, ...also };
  try {
    await journal.append('frames', records);
    const input = await everything(journal, 'frames', records.length);
    let pipeline = new Pipeline(parts);
    const run = async (from: number, to: number): Promise<void> => {
      for (let at = from, turn = 0; at < to; turn++) {
        const size = batchSizes[turn % batchSizes.length]!;
        await pipeline.process(input.slice(at, Math.min(to, at + size)));
        at += size;
      }
    };
    let at = 0;
    for (const { after, lost } of restarts) {
      await run(at, after);
      await journal.commit('processor', pipeline.state.takeCheckpoints());
      await run(after, Math.min(input.length, after + lost));
      pipeline = new Pipeline(parts);
      for (let partition = 0; partition < partitions; partition++) {
        const saved = await journal.checkpoint('processor', partition);
        if (saved !== null) pipeline.state.restore(partition, saved.state);
      }
      at = after;
    }
    await run(at, input.length);
    const ward = (await everything(journal, 'ward')).map(({ value }) => decodeWardRecord(value));
    const appended = ward.flatMap((record) => (record.type === 'vitals' ? [record.vital] : []));
    return {
      ward,
      appended,
      vitals: new Map(appended.map((vital) => [vitalSignsKey(vital), comparable(vital)])),
      repeatable: () => repeatable(appended),
      metric: (name, labels = {}) => metricOf(registry, name, labels),
    };
  } finally {
    await journal.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export function comparable({
  latencyMs: _l,
  endMs: _e,
  clockErrorMs: _c,
  ...rest
}: VitalSigns): Comparable {
  return rest;
}

/** Results by key, without the latency. @throws when one key has two results that differ */
export function repeatable(appended: readonly VitalSigns[]): Map<string, Repeatable> {
  const results = new Map<string, Repeatable>();
  for (const { latencyMs: _latency, ...rest } of appended) {
    const key = vitalSignsKey(rest);
    if (results.has(key)) deepStrictEqual(rest, results.get(key));
    results.set(key, rest);
  }
  return results;
}

/** All records of a stream, in the order in which they were appended. */
async function everything(
  journal: Awaited<ReturnType<typeof openSqliteJournal>>,
  stream: 'frames' | 'ward',
  count?: number,
): Promise<JournalRecord[]> {
  const bounds = await journal.bounds(stream);
  const from = new Map(bounds.map(({ oldest }, partition) => [partition, oldest]));
  const total = count ?? bounds.reduce((sum, { oldest, next }) => sum + next - oldest, 0);
  const records: JournalRecord[] = [];
  const abort = new AbortController();
  if (total === 0) return records;
  for await (const batch of journal.consume(stream, { from, signal: abort.signal })) {
    records.push(...batch);
    if (records.length >= total) break;
  }
  return records;
}

async function metricOf(
  registry: Registry,
  name: string,
  labels: Record<string, string>,
): Promise<number> {
  const metric = (await registry.getMetricsAsJSON()).find((one) => one.name === name);
  if (metric === undefined) throw new Error(`no metric ${name}`);
  return metric.values
    .filter(({ labels: own }) =>
      Object.entries(labels).every(
        ([key, value]) => (own as Record<string, unknown>)[key] === value,
      ),
    )
    .reduce((sum, { value }) => sum + value, 0);
}
