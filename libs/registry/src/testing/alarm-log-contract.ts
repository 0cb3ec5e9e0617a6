import { describe, expect, it } from '@jest/globals';
import type { AlarmEvent, AlarmLogQuery } from '@app/contracts';
import { MINUTE_MS, START_MS, type RegistryWorld } from './registry-harness.js';

function event(n: number, changes: Partial<AlarmEvent> = {}): AlarmEvent {
  return {
    type: 'alarm',
    id: `e${n}`,
    alarmId: 'a1',
    patient: 'p-1',
    origin: 'simulated',
    rule: 'heart-rate-high',
    kind: 'physiological',
    priority: 'medium',
    condition: 'present',
    signal: 'on',
    change: 'raised',
    atMs: START_MS + n * MINUTE_MS,
    sinceMs: START_MS,
    text: 'HR 138 above 120 for 15 s',
    valueBpm: 138,
    lowBpm: 131,
    highBpm: 144,
    limitBpm: 120,
    quality: 0.9,
    model: null,
    acknowledgedBy: null,
    note: null,
    ...changes,
  };
}

export function describeAlarmLog(world: () => RegistryWorld): void {
  const log = () => world().registry.alarmLog;
  const found = async (query: AlarmLogQuery) =>
    (await log().query(query)).map((entry) => entry.event.id);

  describe('alarm log', () => {
    it('keeps each event once, however often it comes', async () => {
      const entry = { ward: 'main', bed: '1', event: event(1) };
      await log().append([entry, entry]);
      await log().append([entry, { ...entry, event: event(2) }]);
      await log().append([]);
      expect(await log().query({})).toEqual([
        { id: expect.any(Number), ward: 'main', bed: '1', event: event(2) },
        { id: expect.any(Number), ward: 'main', bed: '1', event: event(1) },
      ]);
    });

    it('is asked newest first, by page and by filter', async () => {
      await log().append([
        { ward: 'main', bed: '1', event: event(1) },
        { ward: 'west', bed: null, event: event(2, { patient: 'p-2' }) },
        { ward: null, bed: null, event: event(3, { rule: 'no-data', priority: 'low' }) },
        { ward: 'main', bed: '1', event: event(4, { priority: 'high' }) },
      ]);
      expect(await found({})).toEqual(['e4', 'e3', 'e2', 'e1']);
      expect(await found({ ward: 'main' })).toEqual(['e4', 'e1']);
      expect(await found({ patient: 'p-2' })).toEqual(['e2']);
      expect(await found({ rule: 'no-data' })).toEqual(['e3']);
      expect(await found({ priority: 'high' })).toEqual(['e4']);
      expect(await found({ fromMs: event(2).atMs, toMs: event(4).atMs })).toEqual(['e3', 'e2']);
      const [, , third] = await log().query({});
      expect(await found({ beforeId: third?.id ?? 0 })).toEqual(['e1']);
      expect(await found({ limit: 1 })).toEqual(['e4']);
    });

    it('finds an event by its id', async () => {
      await log().append([{ ward: 'main', bed: '1', event: event(1) }]);
      expect(await log().find('e1')).toMatchObject({ ward: 'main', bed: '1', event: event(1) });
      expect(await log().find('e2')).toBeNull();
    });

    it('takes a shift at once', async () => {
      const entries = Array.from({ length: 1200 }, (_, n) => ({
        ward: 'main',
        bed: null,
        event: event(n),
      }));
      await log().append(entries);
      expect(await log().query({ limit: 1000 })).toHaveLength(500);
      expect(await found({ limit: 1 })).toEqual(['e1199']);
    });
  });
}
