import { afterAll, describe, expect, it } from '@jest/globals';
import type { VitalSigns } from '@app/contracts';
import { openDataFolder } from '@app/registry';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { provisionDevices } from '../../apps/cli/src/devices/provision-devices.js';
import { repeatable } from '../parity/pipeline-run.js';
import { seededFrames } from '../parity/seeded-wearable.js';
import { byKey, journalContents, storedResults } from './stored-results.js';
import { Station } from '../servers/station.js';
import { WornRecording } from './worn-recording.js';

const SECONDS = 160;
const WINDOWS = (SECONDS - 8) / 2 + 1;
/** A second of recording every this many ms: the whole replay takes 12 s. */
const EVERY_MS = 75;
const DEVICES = ['worn-1', 'worn-2', 'worn-3', 'worn-4'];
const PARTITIONS = 2;

/** All runs use one copy of the models: the same models are part of the same results. */
const models = mkdtempSync(join(tmpdir(), 'vigil-models-'));
cpSync(resolve('models'), models, { recursive: true });
const folders: string[] = [models];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** What happens to the station while it takes in the recordings; returns the station that runs afterwards. */
type Fault = (station: Station, run: Run) => Promise<Station>;

interface Run {
  dataFolder: string;
  recordings: readonly WornRecording[];
}

interface Outcome {
  acknowledged: Map<string, readonly number[]>;
  connections: number;
  stored: VitalSigns[];
  journal: Awaited<ReturnType<typeof journalContents>>;
}

/** Replays the recordings through MQTT into a station with a folder of its own, with a fault in the middle. */
async function replay(fault: Fault): Promise<Outcome> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'vigil-kill-'));
  folders.push(dataFolder);
  openDataFolder(dataFolder, 'replay', PARTITIONS);
  const wearers = DEVICES.map((device) => ({ device, patient: patientOf(device) }));
  const secrets = await provisionDevices(dataFolder, 'replay', wearers);

  let station = await Station.start(dataFolder, ['--models', models]);
  const recordings = DEVICES.map(
    (device, seed) =>
      new WornRecording(seededFrames({ device, seed, seconds: SECONDS }), {
        url: station.brokerUrl,
        secret: secrets.get(device)!,
      }),
  );
  try {
    const published = Promise.all(recordings.map((recording) => recording.publish(EVERY_MS)));
    station = await fault(station, { dataFolder, recordings });
    await published;
    const stored: VitalSigns[] = [];
    for (const device of DEVICES)
      stored.push(...(await storedResults(dataFolder, patientOf(device), WINDOWS, 20_000)));
    await Promise.all(recordings.map((recording) => recording.stop()));
    await station.stop();
    return {
      acknowledged: new Map(DEVICES.map((device, i) => [device, recordings[i]!.acknowledged])),
      connections: recordings.reduce((sum, { connections }) => sum + connections, 0),
      stored,
      journal: await journalContents(dataFolder),
    };
  } finally {
    await Promise.all(recordings.map((recording) => recording.stop()));
    await station.stop();
  }
}

function patientOf(device: string): string {
  return `patient-of-${device}`;
}

const undisturbed: Fault = async (station) => station;

/** SIGKILL to the processor process, when a part of the windows is answered; its supervisor starts it again. */
const processorKilled: Fault = async (station, { dataFolder }) => {
  for (const answered of [0.15, 0.5]) {
    const stored = await storedResults(dataFolder, patientOf('worn-1'), answered * WINDOWS, 30_000);
    expect(stored.length).toBeLessThan(WINDOWS);
    const processors = station.processors();
    expect(processors).toHaveLength(1);
    process.kill(processors[0]!, 'SIGKILL');
  }
  return station;
};

/** SIGKILL to the whole station, when a part of the frames is acknowledged; it starts again on the same folder and port. */
const stationKilled: Fault = async (station, { dataFolder, recordings }) => {
  let running = station;
  for (const acknowledged of [0.3, 0.6]) {
    while (recordings.some((one) => one.acknowledged.length < acknowledged * SECONDS))
      await sleep(10);
    expect(recordings.every((one) => one.acknowledged.length < SECONDS)).toBe(true);
    const mqttPort = new URL(running.brokerUrl).port;
    await running.stop('SIGKILL');
    running = await Station.start(dataFolder, ['--models', models, '--mqtt-port', mqttPort]);
  }
  return running;
};

describe('a replay through MQTT', () => {
  const whole = replay(undisturbed);

  it('undisturbed stores a result for every window', async () => {
    const { stored, acknowledged, connections } = await whole;
    expect(byKey(stored).size).toBe(DEVICES.length * WINDOWS);
    expect(connections).toBe(DEVICES.length);
    for (const device of DEVICES) expect(acknowledged.get(device)).toHaveLength(SECONDS);
  }, 60_000);

  it.each([
    ['the processor is', processorKilled, DEVICES.length],
    ['the whole station is', stationKilled, 3 * DEVICES.length],
  ])(
    'loses, doubles and changes nothing when %s killed in the middle',
    async (_who, fault, least) => {
      await whole;
      const { acknowledged, connections, stored, journal } = await replay(fault);
      expect(connections).toBeGreaterThanOrEqual(least);

      for (const device of DEVICES) {
        const kept = new Set(journal.frames.get(device));
        expect(acknowledged.get(device)!.filter((sequence) => !kept.has(sequence))).toEqual([]);
        expect(kept.size).toBe(SECONDS);
      }

      expect(byKey(stored)).toEqual(byKey((await whole).stored));

      // What a restart appended a second time says the same as the first time.
      expect(repeatable(journal.vitals).size).toBe(DEVICES.length * WINDOWS);
    },
    90_000,
  );
});
