import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  type Frame,
  type VitalSigns,
  decodeWardRecord,
  encodeFrame,
  encodeInput,
} from '@app/contracts';
import { type SqliteJournal, openSqliteJournal } from '@app/journal';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { explainWindow } from '../../apps/station/src/explainer/explain-window.js';
import type { WindowAddress } from '../../apps/station/src/explainer/explainer-messages.js';
import { Networks } from '../../apps/station/src/processor/networks.js';
import { Pipeline } from '../../apps/station/src/processor/pipeline.js';
import { ProcessorMetrics } from '../../apps/station/src/processor/processor-metrics.js';
import { pulseFrames } from '../../libs/vitals/src/testing/pulse-frames.js';
import { seededFrames } from '../parity/seeded-wearable.js';

jest.setTimeout(120_000);

const SECONDS = 420;
/** Station's clock at the boot of the wearables, ms. */
const START_MS = 1_800_000_000_000;

/** A journal that was filled as time went by, and what the processor made of it. */
class LivedThrough {
  private nowMs = START_MS;
  readonly vitals: VitalSigns[] = [];
  readonly clock = { nowMs: () => this.nowMs };
  readonly metrics = new ProcessorMetrics(new Registry());

  private constructor(
    readonly journal: SqliteJournal,
    readonly networks: Networks,
    private readonly folder: string,
  ) {}

  static async open(): Promise<LivedThrough> {
    const folder = mkdtempSync(join(tmpdir(), 'vigil-recomputed-'));
    let lived: LivedThrough | null = null;
    const journal = await openSqliteJournal({
      folder: join(folder, 'journal'),
      partitions: 1,
      clock: () => lived?.nowMs ?? START_MS,
    });
    const models = join(import.meta.dirname, '../../models');
    lived = new LivedThrough(journal, await Networks.load(models, { batchRows: 64 }), folder);
    return lived;
  }

  /** @param arrivals frames by the second in which they arrive. */
  async live(arrivals: ReadonlyMap<number, readonly Frame[]>): Promise<void> {
    const { journal, networks, clock, metrics } = this;
    const pipeline = new Pipeline({ journal, networks, clock, metrics });
    let offset = 0;
    for (let second = 0; second <= SECONDS + 10; second++) {
      this.nowMs = START_MS + 1000 * second;
      const frames = arrivals.get(second) ?? [];
      await journal.append('frames', [
        ...frames.map((frame) => ({
          key: frame.device,
          value: encodeInput({
            type: 'frame',
            patient: `patient-of-${frame.device}`,
            unassigned: null,
            origin: 'simulated',
            lane: 'live',
            receivedMs: this.nowMs,
            frame: encodeFrame(frame),
          }),
        })),
        {
          key: 'tick',
          partition: 0,
          value: encodeInput({ type: 'tick', atMs: this.nowMs, partition: 0 }),
        },
      ]);
      const records = await journal.read('frames', 0, offset, 512);
      offset += records.length;
      await pipeline.process(records);
    }
    const [bounds] = await journal.bounds('ward');
    for (const { value } of await journal.read('ward', 0, 0, bounds!.next)) {
      const record = decodeWardRecord(value);
      if (record.type === 'vitals') this.vitals.push(record.vital);
    }
  }

  explain(address: WindowAddress) {
    const { journal, networks, clock, metrics } = this;
    return explainWindow(address, journal, { networks, clock, metrics });
  }

  async close(): Promise<void> {
    await this.networks.release();
    await this.journal.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Each frame a second after it began; some late and doubled, as a phone sends them. */
function arrivalsOf(frames: readonly Frame[]): Map<number, Frame[]> {
  const arrivals = new Map<number, Frame[]>();
  for (const frame of frames) {
    const second = Math.round(frame.monotonicUs / 1e6) + 1;
    const late = frame.sequence % 7 === 3 ? 2 : 0;
    const times = frame.sequence % 11 === 5 ? [second + late, second + late + 1] : [second + late];
    for (const at of times) arrivals.set(at, [...(arrivals.get(at) ?? []), frame]);
  }
  return arrivals;
}

describe('a window computed again from the journal', () => {
  let lived: LivedThrough;

  beforeAll(async () => {
    lived = await LivedThrough.open();
    const frames = [
      ...seededFrames({ device: 'steady', seed: 3, seconds: SECONDS }),
      ...seededFrames({ device: 'gappy', seed: 4, seconds: SECONDS, gaps: [[300, 303]] }),
    ];
    const slow = pulseFrames({ bpm: 42, seconds: 60 });
    await lived.live(
      arrivalsOf([...frames, ...slow.map((frame) => ({ ...frame, device: 'slow' }))]),
    );
  });

  afterAll(() => lived?.close());

  const addressOf = (vital: VitalSigns): WindowAddress => vital;
  const of = (device: string) => lived.vitals.filter((vital) => vital.device === device);

  it('is exactly the one that was served while the boot’s beginning is within reach', async () => {
    for (const vital of [...of('steady'), ...of('gappy')].filter(
      ({ window }) => window % 9 === 0,
    )) {
      if (vital.endMs > START_MS + 130_000) continue;
      const explained = await lived.explain(addressOf(vital));
      expect(explained).toMatchObject({ outcome: 'explained', recomputed: vital.heartRate });
    }
  });

  it('is nearly the same without what lies further back, gaps included', async () => {
    const differences: number[] = [];
    for (const vital of [...of('steady'), ...of('gappy')]) {
      if (vital.endMs < START_MS + 150_000 || vital.window % 5 !== 0) continue;
      const explained = await lived.explain(addressOf(vital));
      if (explained.outcome !== 'explained') throw new Error(explained.outcome);
      expect(explained.replayedWindows).toBeGreaterThan(50);
      expect(explained.recomputed.withheld).toBe(vital.heartRate.withheld);
      expect(explained.recomputed.model).toEqual(vital.heartRate.model);
      // what is explained is what was computed
      if (explained.explanation === null) expect(vital.heartRate.withheld).toBe('gap');
      else {
        const { bpm } = explained.explanation.result;
        expect(bpm).toBeCloseTo(explained.recomputed.estimateBpm!, 2);
      }
      const [served, now] = [vital.heartRate.estimateBpm!, explained.recomputed.estimateBpm!];
      differences.push(Math.abs(served - now));
    }
    expect(differences.length).toBeGreaterThan(40);
    process.stderr.write(
      `60 windows back: largest difference to the served result ${Math.max(...differences).toFixed(3)} BPM in ${differences.length} windows\n`,
    );
    expect(Math.max(...differences)).toBeLessThan(0.5);
  });

  it('has no explanation, but a reason, inside a gap', async () => {
    const gap = of('gappy').find(({ heartRate }) => heartRate.withheld === 'gap')!;
    expect(await lived.explain(addressOf(gap))).toMatchObject({
      outcome: 'explained',
      recomputed: { withheld: 'gap' },
      explanation: null,
    });
  });

  it('rests on the spectrum where there is no network', async () => {
    const networks = await Networks.load('/no/such/folder');
    const { journal, clock, metrics } = lived;
    const vital = of('steady')[40]!;
    const explained = await explainWindow(vital, journal, { networks, clock, metrics });
    if (explained.outcome !== 'explained') throw new Error(explained.outcome);
    expect(explained.model.name).toBe('spectral');
    expect(explained.recomputed.estimateBpm).toBe(vital.heartRate.secondOpinionBpm);
    expect(explained.explanation?.result.bpm).toBeCloseTo(explained.recomputed.estimateBpm!, 2);
    expect(Math.abs(explained.explanation!.parts[0]!.result.shiftBpm)).toBeGreaterThan(0);
  });

  it('explains a slow pulse by what answered it, the network or the spectrum', async () => {
    const slow = of('slow').filter(({ heartRate }) => heartRate.estimateBpm !== null);
    expect(slow.length).toBeGreaterThan(5);
    for (const vital of slow.slice(0, 12)) {
      const explained = await lived.explain(addressOf(vital));
      if (explained.outcome !== 'explained') throw new Error(explained.outcome);
      expect(explained.recomputed).toEqual(vital.heartRate);
      expect(explained.explanation?.result.bpm).toBeCloseTo(vital.heartRate.estimateBpm!, 2);
    }
  });

  it('is not there for samples that the journal does not hold', async () => {
    const known = addressOf(of('steady')[50]!);
    const unknown = [
      { ...known, bootId: 'another' },
      { ...known, patient: 'somebody' },
      { ...known, endMs: START_MS + 3_600_000 },
      { ...known, lane: 'backfill' as const },
    ];
    for (const address of unknown)
      expect(await lived.explain(address)).toEqual({ outcome: 'no-samples' });
  });
});
