import { describe, expect, it, jest } from '@jest/globals';
import { type Frame, encodeInput } from '@app/contracts';
import type { NewRecord } from '@app/journal';
import { resolve } from 'node:path';
import { Networks } from '../../apps/station/src/processor/networks.js';
import { type Arrival, BASE_MS, atSpeedOne, inputRecords } from './arrivals.js';
import { type RunResult, runPipeline } from './pipeline-run.js';
import { seededFrames } from './seeded-wearable.js';

jest.setTimeout(60_000);

const networks = await Networks.load(resolve('models'));
const WEARABLE = { device: 'wear-1', seed: 7, seconds: 120 };

function run(arrivals: readonly Arrival[]): Promise<RunResult> {
  return runRecords(inputRecords(arrivals, { partitions: 1 }));
}

function runRecords(records: NewRecord[]): Promise<RunResult> {
  return runPipeline(records, { networks, partitions: 1 });
}

/** Frames of the seconds [from, to) arrive at `atSecond`, a little apart. */
function delayed(
  arrivals: readonly Arrival[],
  [from, to]: [number, number],
  change: { atSecond: number; lane: 'live' | 'backfill' },
): Arrival[] {
  return arrivals.map((arrival) => {
    const second = arrival.frame.monotonicUs / 1e6;
    if (second < from || second >= to) return arrival;
    return { ...arrival, lane: change.lane, atMs: BASE_MS + change.atSecond * 1000 + second * 5 };
  });
}

const windowsOf = ({ appended }: RunResult, lane: string, withGaps = true): number[] =>
  appended
    .filter((vital) => vital.lane === lane && (withGaps || vital.heartRate.withheld !== 'gap'))
    .map(({ window }) => window)
    .toSorted((a, b) => a - b);

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('what comes late', () => {
  const arrivals = atSpeedOne(seededFrames(WEARABLE));

  it.each(['live', 'backfill'] as const)(
    'on the %s topic fills the windows that the live lane could not answer, and only those',
    async (lane) => {
      const result = await run(delayed(arrivals, [40, 70], { atSecond: 90, lane }));
      // Windows that the missing half minute touches: [2k, 2k + 8) s with k from 17 to 34.
      expect(windowsOf(result, 'live', false)).toEqual([...range(0, 16), ...range(35, 56)]);
      // Of those, the ones that lie wholly inside what came late.
      expect(windowsOf(result, 'backfill')).toEqual(range(20, 31));
      expect(result.appended.length).toBe(result.vitals.size);
    },
  );

  it('is placed at its own time', async () => {
    const { appended } = await run(delayed(arrivals, [40, 70], { atSecond: 90, lane: 'backfill' }));
    for (const { endMs, endMonotonicUs, lane } of appended) {
      if (lane !== 'backfill') continue;
      expect(Math.abs(endMs - (BASE_MS + endMonotonicUs / 1000))).toBeLessThan(100);
    }
  });

  it('does not change what the live lane says', async () => {
    const without = await run(arrivals.filter(({ frame }) => !isWithin(frame, 40, 70)));
    const withBacklog = await run(delayed(arrivals, [40, 70], { atSecond: 90, lane: 'backfill' }));
    const live = [...withBacklog.vitals].filter(([, vital]) => vital.lane === 'live');
    expect(new Map(live)).toEqual(without.vitals);
  });

  it('but would lie in the future is not believed', async () => {
    const ahead = { ...arrivals[100]!, lane: 'backfill' as const, atMs: BASE_MS + 10_500 };
    const { metric } = await run([...arrivals.slice(0, 10), ahead]);
    expect(await metric('vigil_frames_unplaced_total', { reason: 'implausible' })).toBe(1);
  });
});

describe('a backlog of a boot that never was live', () => {
  const frames = seededFrames({ ...WEARABLE, seconds: 40 });
  const backlog = (change: (frame: Frame) => Frame): Arrival[] =>
    frames.map((frame, i) => ({
      atMs: BASE_MS + 600_000 + i,
      lane: 'backfill',
      frame: change(frame),
    }));

  it('is scored by its wall clock when that has a source', async () => {
    const bootWallMs = BASE_MS + 500_000;
    const result = await run(
      backlog((frame) => ({
        ...frame,
        wallClockMs: bootWallMs + frame.monotonicUs / 1000,
        wallClockSource: 'ntp',
      })),
    );
    expect(windowsOf(result, 'backfill')).toEqual(range(0, 16));
    expect(result.appended[3]!.endMs).toBe(bootWallMs + 2_000 * 3 + 8_000);
  });

  it.each([
    ['has no wall clock', (frame: Frame) => frame],
    ['has a wall clock that nobody set', (frame: Frame) => ({ ...frame, wallClockMs: BASE_MS })],
    [
      'has a wall clock in the future',
      (frame: Frame): Frame => ({ ...frame, wallClockMs: 2 * BASE_MS, wallClockSource: 'manual' }),
    ],
  ])('is scored for nobody when it %s, and counted', async (_why, change) => {
    const { appended, metric } = await run(backlog(change));
    expect(appended).toEqual([]);
    expect(await metric('vigil_frames_unplaced_total', { reason: 'no-clock' })).toBe(40);
  });
});

describe('a frame with an impossible time', () => {
  const arrivals = atSpeedOne(seededFrames(WEARABLE));
  const undisturbed = run(arrivals);
  const inserted = (at: number, change: Partial<Frame>): Arrival[] => {
    const { frame, atMs } = arrivals[at]!;
    const strange = { ...frame, sequence: 100_000 + at, ...change };
    return [...arrivals, { atMs: atMs + 1, lane: 'live', frame: strange }];
  };

  it.each([
    ['a year ahead', 'implausible', { monotonicUs: 3.2e13 }],
    ['a minute back', 'backwards', { monotonicUs: 1_000_000 }],
  ])('%s is put aside and disturbs nothing', async (_name, reason, change) => {
    const { vitals, metric } = await run(inserted(60, change));
    expect(await metric('vigil_frames_unplaced_total', { reason })).toBe(1);
    expect(vitals).toEqual((await undisturbed).vitals);
  });
});

describe('a device', () => {
  it('that boots again is followed in its new boot, and its old one is finished', async () => {
    const before = atSpeedOne(seededFrames({ ...WEARABLE, seconds: 60 }));
    const after = atSpeedOne(seededFrames({ ...WEARABLE, seconds: 60, bootId: 'boot-2' })).map(
      (arrival) => ({ ...arrival, atMs: arrival.atMs + 65_000 }),
    );
    const { vitals } = await run([...before, ...after]);
    const windows = (bootId: string) =>
      [...vitals.values()].filter((v) => v.bootId === bootId).length;
    expect([windows('boot-1'), windows('boot-2')]).toEqual([27, 27]);
  });

  it('that is given to another patient begins anew for that patient', async () => {
    const arrivals = atSpeedOne(seededFrames(WEARABLE));
    const first = inputRecords(arrivals.slice(0, 60), {
      partitions: 1,
      lastTicks: 0,
      patientOf: () => 'anna',
    });
    const second = inputRecords(arrivals.slice(60), { partitions: 1, patientOf: () => 'bert' });
    const { appended } = await runRecords([...first, ...second]);
    const windows = (patient: string) =>
      appended
        .filter((v) => v.patient === patient && v.heartRate.withheld !== 'gap')
        .map((v) => v.window);
    expect(windows('anna')).toEqual(range(0, 26));
    // from the first that holds a sample of the new patient
    expect(windows('bert')).toEqual(range(27, 56));
  });

  it('answers after a long gap as if it had just been put on', async () => {
    const frames = seededFrames({ ...WEARABLE, gaps: [[30, 70]] });
    const whole = await run(atSpeedOne(frames));
    const fresh = await run(atSpeedOne(frames.filter(({ monotonicUs }) => monotonicUs >= 70e6)));
    expect(windowsOf(fresh, 'live')).toEqual(range(32, 56));
    for (const [key, vital] of fresh.vitals) {
      if (vital.window >= 35) expect(whole.vitals.get(key)).toEqual(vital);
    }
  });

  it('whose scale makes infinities spoils neither the others nor its own later windows', async () => {
    const frames = seededFrames(WEARABLE);
    const broken = frames.map((frame) => {
      if (!isWithin(frame, 40, 43)) return frame;
      const blocks = frame.blocks.map((block) => ({ ...block, scale: 1e305, offset: 1e308 }));
      return { ...frame, blocks };
    });
    const other = atSpeedOne(seededFrames({ device: 'wear-2', seed: 8, seconds: 120 }));
    const alone = await run(other);
    const { vitals } = await run([...atSpeedOne(broken), ...other]);
    for (const [key, vital] of alone.vitals) expect(vitals.get(key)).toEqual(vital);
    for (const { heartRate, quality, activity } of vitals.values()) {
      for (const value of [
        heartRate.bpm,
        heartRate.estimateBpm,
        heartRate.lowBpm,
        quality,
        activity.confidence,
      ])
        expect(value === null || Number.isFinite(value)).toBe(true);
    }
    const later = [...vitals.values()].filter((v) => v.device === 'wear-1' && v.window > 45);
    expect(later.length).toBe(11);
    expect(later.every((v) => v.heartRate.estimateBpm !== null)).toBe(true);
  });
});

describe('records that cannot be read', () => {
  it('are counted and skipped', async () => {
    const records = inputRecords(atSpeedOne(seededFrames({ ...WEARABLE, seconds: 30 })), {
      partitions: 1,
    });
    const strange: NewRecord[] = [
      { key: 'wear-1', value: new Uint8Array([255, 255, 255]) },
      { key: 'wear-1', value: new Uint8Array(0) },
    ];
    const { appended, metric } = await runRecords([
      ...records.slice(0, 9),
      ...strange,
      ...records.slice(9),
    ]);
    expect(appended.length).toBe(12);
    expect(await metric('vigil_records_unreadable_total')).toBe(2);
  });
});

describe('what else goes to the ward', () => {
  it('is when a device came and went, and the progress of every tick', async () => {
    const link = {
      type: 'link',
      patient: 'anna',
      origin: 'simulated',
      device: 'wear-1',
      connected: false,
      atMs: BASE_MS + 500,
      reason: 'closed',
    } as const;
    const records = inputRecords([], { partitions: 1, lastTicks: 3 });
    const { ward } = await runRecords([
      ...records.slice(0, 1),
      { key: 'wear-1', value: encodeInput(link) },
      ...records.slice(1),
    ]);
    const progress = (tickMs: number) => ({
      type: 'progress',
      part: 'processor',
      partition: 0,
      tickMs,
    });
    expect(ward.filter((record) => record.type === 'link')).toEqual([link]);
    expect(ward.filter((record) => record.type === 'progress')).toEqual(
      [0, 1000, 2000].map((afterMs) => progress(BASE_MS + afterMs)),
    );
  });
});

function isWithin({ monotonicUs }: Frame, from: number, to: number): boolean {
  return monotonicUs >= from * 1e6 && monotonicUs < to * 1e6;
}
