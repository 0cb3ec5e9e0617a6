import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AlarmEvent, VitalSigns } from '@app/contracts';
import type { SeriesStore } from '../series-store.js';

const START_MS = Date.UTC(2026, 8, 1);

export function vitalOf(
  window: number,
  changes: Partial<VitalSigns> = {},
  bpm: number | null = 60 + window,
): VitalSigns {
  return {
    patient: 'P-01',
    origin: 'simulated',
    device: 'watch-1',
    bootId: 'boot-1',
    window,
    lane: 'live',
    endMonotonicUs: (2 * window + 8) * 1e6,
    endMs: START_MS + window * 2000,
    latencyMs: 12.5,
    heartRate: {
      bpm,
      withheld: bpm === null ? 'uncertain' : null,
      estimateBpm: bpm ?? 77,
      lowBpm: (bpm ?? 77) - 5,
      highBpm: (bpm ?? 77) + 5,
      secondOpinionBpm: null,
      model: { name: 'hr "quoted", \\ with = signs', version: '1.0.0' },
    },
    quality: 0.5,
    activity: {
      class: window % 2 === 0 ? 'rest' : 'walking',
      confidence: 0.75,
      cadencePerMinute: null,
      model: { name: 'activity', version: '1' },
    },
    battery: 0.25,
    worn: null,
    ...changes,
  };
}

export function eventOf(count: number, changes: Partial<AlarmEvent> = {}): AlarmEvent {
  return {
    type: 'alarm',
    id: `P-01:heart-rate-high:${START_MS}:${count}`,
    alarmId: `P-01:heart-rate-high:${START_MS}`,
    patient: 'P-01',
    origin: 'simulated',
    rule: 'heart-rate-high',
    kind: 'physiological',
    priority: 'medium',
    condition: 'present',
    signal: 'on',
    change: 'raised',
    atMs: START_MS + count * 1000,
    sinceMs: START_MS,
    text: 'HR 130 (125–135) above 120 for 10 s',
    valueBpm: 130,
    lowBpm: 125,
    highBpm: 135,
    limitBpm: 120,
    quality: 0.9,
    model: null,
    acknowledgedBy: null,
    note: null,
    ...changes,
  };
}

/** What every adapter of `SeriesStore` must do. `make` gives an empty, prepared store. */
export function describeSeriesContract(name: string, make: () => Promise<SeriesStore>): void {
  describe(`${name} keeps the series contract`, () => {
    let store: SeriesStore;
    const windows = () => store.readWindows({ patient: 'P-01', limit: 10_000 });

    beforeEach(async () => {
      store = await make();
    });
    afterEach(async () => {
      await store.close();
    });

    it('gives back results as they were written', async () => {
      const vitals = [vitalOf(0), vitalOf(1, {}, null), vitalOf(2)];
      await store.writeVitals(vitals);
      expect(await windows()).toEqual(vitals);
    });

    it('changes nothing when the same results come again, in another order and together with new ones', async () => {
      const vitals = Array.from({ length: 50 }, (_, i) => vitalOf(i));
      await store.writeVitals(vitals);
      await store.writeVitals([...vitals].toReversed());
      await store.writeVitals([...vitals.slice(40), vitalOf(50)]);
      expect(await windows()).toEqual([...vitals, vitalOf(50)]);
    });

    it('keeps apart what only device, boot, lane or window tells apart', async () => {
      const same = { endMs: START_MS };
      const vitals = [
        vitalOf(0, same),
        vitalOf(1, same),
        vitalOf(0, { ...same, lane: 'backfill' }),
        vitalOf(0, { ...same, device: 'watch-2' }),
        vitalOf(7, { ...same, bootId: 'boot-2' }),
      ];
      await store.writeVitals(vitals);
      expect(await windows()).toHaveLength(5);
      const boot = await store.readWindows({
        patient: 'P-01',
        device: 'watch-1',
        bootId: 'boot-2',
        limit: 9,
      });
      expect(boot).toEqual([vitals[4]]);
    });

    it('gives the results of a span, oldest first, its end excluded', async () => {
      await store.writeVitals(Array.from({ length: 30 }, (_, i) => vitalOf(i)));
      const [from, to] = [vitalOf(10), vitalOf(15)];
      const span = { patient: 'P-01', fromMs: from.endMs, toMs: to.endMs, limit: 100 };
      const numbers = async (query: typeof span) =>
        (await store.readSpan(query)).map(({ window }) => window);
      expect(await numbers(span)).toEqual([10, 11, 12, 13, 14]);
      expect(await numbers({ ...span, limit: 2 })).toEqual([10, 11]);
      expect(await numbers({ ...span, patient: 'P-02' })).toEqual([]);
    });

    it('pages by window', async () => {
      await store.writeVitals(Array.from({ length: 30 }, (_, i) => vitalOf(i)));
      const query = { patient: 'P-01', device: 'watch-1', bootId: 'boot-1', limit: 10 };
      const page = await store.readWindows({ ...query, afterWindow: 9 });
      expect(page.map((vital) => vital.window)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    });

    it('pages by window although times do not rise with it, with both lanes of each window', async () => {
      const vitals = Array.from({ length: 30 }, (_, i) =>
        vitalOf(i, { endMs: START_MS + (i % 3) * 1000 }),
      );
      const late = vitalOf(4, { lane: 'backfill' });
      await store.writeVitals([...vitals, late]);
      const seen: VitalSigns[] = [];
      for (let afterWindow = -1; ; afterWindow = seen.at(-1)?.window ?? -1) {
        const page = await store.readWindows({
          patient: 'P-01',
          device: 'watch-1',
          bootId: 'boot-1',
          afterWindow,
          limit: 5,
        });
        if (page.length === 0) break;
        seen.push(...page);
      }
      expect(seen.map(({ window }) => window)).toEqual(
        [...Array.from({ length: 30 }, (_, i) => i), 4].toSorted((a, b) => a - b),
      );
      expect(seen.filter(({ window }) => window === 4).map(({ lane }) => lane)).toEqual([
        'backfill',
        'live',
      ]);
    });

    it('averages buckets and leaves gaps as nulls', async () => {
      await store.writeVitals([
        vitalOf(0),
        vitalOf(1),
        vitalOf(2, {}, null),
        vitalOf(3, {}, null),
        vitalOf(10),
      ]);
      const trend = await store.readTrend({
        patient: 'P-01',
        fromMs: START_MS,
        toMs: START_MS + 24_000,
        bucketMs: 4000,
      });
      expect(trend.map((point) => point.atMs - START_MS)).toEqual([
        0, 4000, 8000, 12_000, 16_000, 20_000,
      ]);
      expect(trend[0]).toMatchObject({
        bpm: 60.5,
        lowBpm: 55.5,
        highBpm: 65.5,
        quality: 0.5,
        activity: 'walking',
      });
      expect(trend[1]).toMatchObject({
        bpm: null,
        lowBpm: null,
        quality: 0.5,
        activity: 'walking',
      });
      expect(trend[2]).toMatchObject({ bpm: null, quality: null, activity: null });
      expect(trend[5]).toMatchObject({ bpm: 70, activity: 'rest' });
    });

    it('shows no number that was withheld', async () => {
      await store.writeVitals([vitalOf(0, {}, null)]);
      const query = { patient: 'P-01', fromMs: START_MS, toMs: START_MS + 2000, bucketMs: 2000 };
      expect(await store.readTrend(query)).toMatchObject([
        { bpm: null, lowBpm: null, highBpm: null },
      ]);
    });

    it('keeps patients apart, whatever their names', async () => {
      await store.writeVitals([vitalOf(0), vitalOf(1, { patient: 'P-02' })]);
      await store.writeEvents([eventOf(0), eventOf(1, { patient: 'P-02' })]);
      const range = { fromMs: START_MS, toMs: START_MS + 60_000 };
      expect(await windows()).toHaveLength(1);
      expect(await store.readEvents({ patient: 'P-02', ...range, limit: 10 })).toHaveLength(1);
      const hostile = `P-01' OR patient = 'P-02`;
      expect(await store.readWindows({ patient: hostile, limit: 10 })).toEqual([]);
      expect(await store.readEvents({ patient: hostile, ...range, limit: 10 })).toEqual([]);
    });

    it('keeps events once, newest first', async () => {
      const events = [
        eventOf(0),
        eventOf(1, { change: 'acknowledged', note: 'seen, "ok"' }),
        eventOf(2),
      ];
      await store.writeEvents(events);
      await store.writeEvents(events);
      const range = { patient: 'P-01', fromMs: START_MS, toMs: START_MS + 60_000 };
      expect(await store.readEvents({ ...range, limit: 10 })).toEqual([...events].toReversed());
      expect(await store.readEvents({ ...range, limit: 1 })).toEqual([events[2]]);
    });

    it('keeps two events of one moment', async () => {
      await store.writeEvents([eventOf(0), eventOf(1, { atMs: START_MS })]);
      const range = { patient: 'P-01', fromMs: START_MS, toMs: START_MS + 1000, limit: 10 };
      expect(await store.readEvents(range)).toHaveLength(2);
    });

    it('refuses queries without a bound', async () => {
      const range = { patient: 'P-01', fromMs: 0, toMs: 1e9 };
      await expect(store.readTrend({ ...range, bucketMs: 1 })).rejects.toThrow(
        /at most 5000 buckets/,
      );
      await expect(store.readTrend({ ...range, toMs: 0, bucketMs: 1000 })).rejects.toThrow(
        /end after its start/,
      );
      await expect(
        (async () => store.readWindows({ patient: 'P-01', limit: 0 }))(),
      ).rejects.toThrow(/whole number/);
    });

    it('answers a ping', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
    });
  });
}
