import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { AlarmEvent, VitalSigns } from '@app/contracts';
import { openSeriesStore } from '@app/series';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Station } from '../servers/station.js';
import { vigil } from '../servers/vigil.js';

const MINUTE = 60_000;
let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'vigil-backup-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** All that the history of a data folder holds of some patients; times of processing are no part of a comparison. */
async function historyOf(data: string, patients: readonly string[]) {
  const store = openSeriesStore({
    kind: 'sqlite',
    file: join(data, 'history.db'),
    retentionDays: 365,
  });
  const windows: VitalSigns[] = [];
  const events: AlarmEvent[] = [];
  for (const patient of patients) {
    windows.push(...(await store.readWindows({ patient, limit: 5000 })));
    events.push(...(await store.readEvents({ patient, fromMs: 0, toMs: 1e14, limit: 5000 })));
  }
  await store.close();
  const keyed = windows.map((vital): [string, unknown] => [
    `${vital.device}/${vital.bootId}/${vital.window}/${vital.lane}`,
    { ...vital, latencyMs: 0 },
  ]);
  return {
    windows: new Map(keyed),
    events: new Map(events.map((event) => [event.id, event])),
    lastMs: Math.max(0, ...windows.map(({ endMs }) => endMs)),
  };
}

it(
  'a backup taken under load is the same history elsewhere, and goes on from there',
  async () => {
    const [data, backup, other] = ['data', 'backup', 'other'].map((name) => join(root, name)) as [
      string,
      string,
      string,
    ];
    const station = await Station.start(data, ['--origin', 'simulated', '--heart-rate-high', '70']);
    await station.untilReady();
    const load = vigil(
      ...`simulate --broker ${station.brokerUrl} --data ${data} --wearables 6`.split(' '),
      ...'--duration 50 --reconnect-every 15 --duplicate 0.05'.split(' '),
    );
    await sleep(30_000);
    const made = await vigil('backup', '--data', data, '--to', backup);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect((await load).code).toBe(0);
    await sleep(8_000);
    await station.stop();

    const restored = await vigil('restore', '--from', backup, '--data', other);
    expect(restored).toMatchObject({ code: 0, stderr: '' });
    const again = await Station.start(other, ['--heart-rate-high', '70']);
    await again.untilReady();
    await sleep(8_000);
    await again.stop();

    const patients = ['P-01', 'P-02', 'P-03', 'P-04', 'P-05', 'P-06'];
    const [first, second] = [await historyOf(data, patients), await historyOf(other, patients)];
    // every window that the copy knows is the original's, and it knows all but those of the last seconds before the backup
    expect(second.windows.size).toBeGreaterThan(6 * 5);
    for (const [key, vital] of second.windows) expect(vital).toEqual(first.windows.get(key));
    const known = [...first.windows.values()].filter(
      (vital) => (vital as VitalSigns).endMs < second.lastMs - 6_000,
    );
    expect(known.length).toBeGreaterThan(6 * 3);
    for (const vital of known as VitalSigns[]) {
      const { device, bootId, window, lane } = vital;
      expect(second.windows.has(`${device}/${bootId}/${window}/${lane}`)).toBe(true);
    }
    // alarms of before the backup are the same in both
    const early = [...first.events.values()].filter(({ atMs }) => atMs < second.lastMs - 6_000);
    expect(early.length).toBeGreaterThan(0);
    for (const event of early) expect(second.events.get(event.id)).toEqual(event);
    const events = await vigil('journal', 'replay', '--data', other);
    expect(events.code).toBe(0);
  },
  4 * MINUTE,
);
