import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { VitalSigns, WindowsResponse } from '@app/contracts';
import type { TruthWindow } from '@app/ward';
import { Station } from '../servers/station.js';
import { vigil } from '../servers/vigil.js';

const MINUTE = 60_000;

describe('vigil simulate', () => {
  let folder: string;
  let station: Station;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vigil-simulate-'));
    station = await Station.start(join(folder, 'data'), ['--origin', 'simulated']);
    await station.untilReady();
  }, MINUTE);

  afterAll(async () => {
    await station.stop();
    rmSync(folder, { recursive: true });
  });

  const simulate = (...flags: string[]) =>
    vigil('simulate', '--broker', station.brokerUrl, '--data', join(folder, 'data'), ...flags);

  async function resultsOf(patient: string, bootId: string, lastWindow: number) {
    let results: VitalSigns[] = [];
    for (let i = 0; i < 60 && results.at(-1)?.window !== lastWindow; i++) {
      await sleep(250);
      const path = `/api/patients/${patient}/windows?limit=5000`;
      const { windows } = await station.get<WindowsResponse>(path);
      results = (windows ?? [])
        .filter((one) => one.bootId === bootId && one.lane === 'live')
        .toSorted((a, b) => a.window - b.window);
    }
    return results;
  }

  it(
    'publishes a ward whose heart rates come out within 5 BPM of the truth, over a bad network',
    async () => {
      const truthFile = join(folder, 'truth.jsonl');
      const flags =
        `--wearables 5 --duration 60 --speed 2 --truth ${truthFile} ` +
        '--duplicate 0.1 --reorder 2 --reconnect-every 10 --fault nan@20-25:sim-03';
      const finished = await simulate(...flags.split(' '));
      expect(finished.code).toBe(0);
      expect(finished.stdout).toMatch(/^5 wearables lived 300 s together/);
      expect(finished.stdout).toContain(' 0 still waiting');
      const truth = readFileSync(truthFile, 'utf8')
        .trim()
        .split('\n')
        .map((line): TruthWindow => JSON.parse(line));
      expect(truth).toHaveLength(5 * 27);
      for (const patient of ['P-01', 'P-02', 'P-04', 'P-05']) {
        const own = truth.filter((one) => one.patient === patient);
        const results = await resultsOf(patient, own[0]!.bootId, 26);
        expect(results.map((one) => one.window)).toEqual(own.map((one) => one.window));
        expect(results.every((one) => one.origin === 'simulated')).toBe(true);
        const shown = results.filter((one) => one.heartRate.bpm !== null);
        expect(shown.length).toBeGreaterThan(15);
        for (const { window, heartRate } of shown) {
          expect(Math.abs(heartRate.bpm! - own[window]!.heartRateBpm)).toBeLessThan(5);
        }
      }
      const metrics = await (await fetch(new URL('/metrics', station.httpUrl))).text();
      expect(metrics).toMatch(/reason="bad-scale".*\} [5-9]/);
    },
    2 * MINUTE,
  );

  it(
    'says what is wrong with its arguments',
    async () => {
      for (const [flags, message, code] of [
        [['--wearables', '0'], '--wearables', 2],
        [['--fault', 'gremlins@1'], 'must be like', 2],
        [['--scenario', join(folder, 'none.json')], 'none.json', 1],
        [['--data', join(folder, 'elsewhere')], 'vigil start --data', 1],
      ] as const) {
        const finished = await simulate(...flags);
        expect(finished).toMatchObject({ code, stderr: expect.stringContaining(message) });
      }
    },
    MINUTE,
  );
});
