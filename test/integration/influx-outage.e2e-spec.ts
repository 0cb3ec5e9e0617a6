import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { PatientsResponse, ReadyResponse, VitalSigns } from '@app/contracts';
import { type TruthWindow, runWard, wardOf } from '@app/ward';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { provisionDevices } from '../../apps/cli/src/devices/provision-devices.js';
import { requirement } from '../requirements.js';
import { Influxd } from '../servers/influxd.js';
import { Station } from '../servers/station.js';

const WEARABLES = 8;
const OUTAGE_SECONDS = 60;

requirement('influxd')('while InfluxDB is away for a minute', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-outage-'));
  let influx: Influxd;
  let station: Station;

  beforeAll(async () => {
    influx = await Influxd.start();
    const flags = ['--origin', 'simulated', '--influx-url', influx.url('outage')];
    station = await Station.start(folder, flags);
  }, 90_000);
  afterAll(async () => {
    await station.stop();
    await influx.stop();
    rmSync(folder, { recursive: true });
  }, 60_000);

  it('the wall goes on, health says so, and the history is complete afterwards', async () => {
    const scenario = wardOf(WEARABLES, 5);
    const secrets = await provisionDevices(folder, 'simulated', scenario.wearables);
    const truths: TruthWindow[] = [];
    const stopped = new AbortController();
    const running = runWard({
      url: station.brokerUrl,
      secretOf: (device) => secrets.get(device) ?? '',
      scenario,
      seed: 5,
      bootPrefix: 'outage',
      onTruth: (truth) => truths.push(truth),
      signal: stopped.signal,
    });

    await sleep(14_000);
    await influx.halt();
    const wallBefore = await newestWindows(station);
    await sleep(OUTAGE_SECONDS * 1000);
    const wallAfter = await newestWindows(station);
    for (const [patient, window] of wallBefore) {
      expect(wallAfter.get(patient)).toBeGreaterThan(window + OUTAGE_SECONDS / 4);
    }
    const { ready, parts } = await station.get<ReadyResponse>('/health/ready');
    expect(ready).toBe(true);
    const store = parts.find((part) => part.name === 'history store');
    expect(store).toMatchObject({ ok: false });
    expect(store?.message).toMatch(/history store is away for \d+ s/);
    expect((await station.ask('/api/patients/P-01/windows?limit=10')).status).toBe(503);

    await influx.resume();
    await sleep(4000);
    stopped.abort();
    await running;
    const expected = new Map<string, number>();
    for (const { patient } of truths) expected.set(patient, (expected.get(patient) ?? 0) + 1);
    for (const [patient, windows] of expected) {
      expect(await historyOf(station, patient, windows)).toEqual(
        Array.from({ length: windows }, (_, k) => k),
      );
    }
  }, 180_000);
});

async function newestWindows(station: Station): Promise<Map<string, number>> {
  const { patients } = await station.get<PatientsResponse>('/api/patients');
  return new Map(patients.map(({ patient, vital }) => [patient, vital?.window ?? -1]));
}

/** Window numbers in the history, once there are as many as there should be. */
async function historyOf(station: Station, patient: string, windows: number): Promise<number[]> {
  for (let tries = 0; ; tries++) {
    const answer = await station.get<{ windows?: VitalSigns[] }>(
      `/api/patients/${patient}/windows?limit=1000`,
    );
    const numbers = (answer.windows ?? []).map((vital) => vital.window);
    if (numbers.length >= windows || tries === 40) return numbers;
    await sleep(500);
  }
}
