import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type AlarmEvent, type WardRecord, encodeRecord, NO_LIMITS } from '@app/contracts';
import { type SqliteJournal, openSqliteJournal } from '@app/journal';
import { openDataFolder } from '@app/registry';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { AlarmsService } from '../../apps/station/src/alarms/alarms.service.js';
import { replayJournal } from '../../apps/cli/src/journal/replay-alarms.js';
import { systemClock } from '../../apps/station/src/platform/clock.js';
import { Health } from '../../apps/station/src/platform/health.js';
import { readSettings } from '../../apps/station/src/settings.js';
import { vitalOf } from './gateway-records.js';

jest.setTimeout(120_000);

/** Not by name: a checkpoint holds them so, and the order of events must not depend on it. */
const PATIENTS = ['P-05', 'P-04', 'P-03', 'P-02', 'P-01'];

describe('a recorded journal', () => {
  const data = mkdtempSync(join(tmpdir(), 'vigil-alarm-replay-'));
  let journal: SqliteJournal;
  let startMs: number;

  /** The alarm machine as the station runs it, over whatever is appended meanwhile. */
  async function station(work: () => Promise<void>): Promise<void> {
    const settings = readSettings({}, { VIGIL_DATA: data });
    const alarms = new AlarmsService(journal, systemClock, settings, new Registry(), new Health());
    await alarms.onApplicationBootstrap();
    await work();
    // until it has caught up
    await new Promise((done) => setTimeout(done, 2_500));
    await alarms.beforeApplicationShutdown();
  }

  const give = (key: string, record: WardRecord) =>
    journal.append('ward', [{ key, value: encodeRecord(record) }]);

  const everywhere = (record: WardRecord) =>
    journal.append(
      'ward',
      Array.from({ length: journal.partitions }, (_, partition) => ({
        key: 'tick',
        partition,
        value: encodeRecord(record),
      })),
    );

  /** Seconds of a ward: results every 2 s, and ticks. */
  async function pass(from: number, seconds: number, bpm: number | null): Promise<void> {
    for (let second = from; second < from + seconds; second++) {
      const atMs = startMs + second * 1000;
      await everywhere({ type: 'tick', atMs });
      if (second % 2 === 1) continue;
      for (const patient of PATIENTS) {
        const base = vitalOf(patient, second / 2, { device: `${patient}-watch` });
        const rate = { bpm, estimateBpm: bpm, lowBpm: bpm && bpm - 4, highBpm: bpm && bpm + 4 };
        const heartRate = { ...base.heartRate, ...rate };
        const vital = { ...base, endMs: atMs, heartRate };
        await give(patient, { type: 'vitals', vital });
      }
    }
  }

  beforeAll(async () => {
    openDataFolder(data, 'simulated', 3);
    journal = await openSqliteJournal({ folder: join(data, 'journal'), partitions: 3 });
    startMs = Date.now();
    const limits = { ...NO_LIMITS, heartRateHighBpm: 120, heartRateExtremeHighBpm: 140 };
    await everywhere({ type: 'limits', patient: 'ward:main', limits, by: 'test', atMs: startMs });
    for (const patient of PATIENTS) {
      await give(patient, {
        type: 'admission',
        patient,
        origin: 'simulated',
        change: 'admitted',
        by: 'test',
        atMs: startMs,
        admission: {
          ward: 'main',
          bed: null,
          label: 'AB',
          admittedMs: startMs,
          offWard: null,
          devices: [
            { device: `${patient}-watch`, position: 'wrist', mode: 'continuous', sinceMs: startMs },
          ],
        },
      });
    }
    await station(async () => {
      await pass(0, 40, 130);
      await pass(40, 30, 160);
    });
    const [raised] = await eventsOf('P-02');
    // the second station goes on where the first one was stopped
    await station(async () => {
      await give('P-02', {
        type: 'acknowledge',
        patient: 'P-02',
        alarmId: raised?.alarmId ?? '',
        by: 'AB',
        note: null,
        atMs: startMs + 70_000,
      });
      await pass(70, 60, 90);
    });
  });

  afterAll(async () => {
    await journal.close();
    rmSync(data, { recursive: true, force: true });
  });

  async function eventsOf(patient: string): Promise<AlarmEvent[]> {
    const found: AlarmEvent[] = [];
    for (let partition = 0; partition < journal.partitions; partition++)
      for (const { key, value } of await journal.read('events', partition, 0, 10_000))
        if (key === patient) found.push(JSON.parse(new TextDecoder().decode(value)) as AlarmEvent);
    return found;
  }

  it('gives the same events again, byte for byte, over a stop in between', async () => {
    const { events, differences, cutShort } = await replayJournal(journal);
    expect(differences).toEqual([]);
    expect(cutShort).toEqual([]);
    expect(events.length).toBeGreaterThan(15);
    const seen = await eventsOf('P-02');
    expect(seen.map(({ rule, change }) => `${rule} ${change}`)).toEqual(
      expect.arrayContaining([
        'heart-rate-high raised',
        'heart-rate-extreme-high raised',
        'heart-rate-high acknowledged',
      ]),
    );
  });

  it('of a range', async () => {
    const all = (await replayJournal(journal)).events;
    const half = startMs + 50_000;
    const first = await replayJournal(journal, undefined, half);
    const second = await replayJournal(journal, half);
    expect(first.differences).toEqual([]);
    expect([...first.events, ...second.events].toSorted(byText)).toEqual(all.toSorted(byText));
    expect(first.events.length).toBeGreaterThan(0);
    expect(second.events.length).toBeGreaterThan(0);
  });

  it('does not miss what the machine of a running station has not come to yet', async () => {
    const { events } = await replayJournal(journal);
    const atMs = startMs + 130_000;
    const fall = {
      score: 0.9,
      stillSeconds: 2,
      atMonotonicUs: 1,
      model: { name: 'f', version: '1' },
    };
    const base = vitalOf('P-01', 70, { device: 'P-01-watch' });
    await give('P-01', { type: 'vitals', vital: { ...base, endMs: atMs, fall } });
    const ahead = await replayJournal(journal);
    expect(ahead.differences).toEqual([]);
    expect(ahead.events).toEqual(events);
  });

  it('shows an event that was never caused', async () => {
    const [raised] = await eventsOf('P-03');
    const forged = { ...raised!, id: 'forged' };
    await journal.append('events', [{ key: 'P-03', value: encodeRecord(forged) }]);
    const { differences } = await replayJournal(journal);
    expect(differences).toHaveLength(1);
    expect(differences[0]?.recorded).toContain('forged');
  });
});

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
