import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Aedes } from 'aedes';
import { createExportWriter } from '@app/journal';
import {
  decodeFrame,
  encodeFrame,
  encodeInput,
  type Frame,
  type VitalSigns,
  type WindowsResponse,
} from '@app/contracts';
import { accelerometerBlock, ppgBlock } from '../convert/public-recording.js';
import { recordingFrames } from '../convert/recording-frames.js';
import { writeRecording } from '../convert/write-recording.js';
import { requireDistinct, scanRecording, type Recording } from './recording-scan.js';
import { replayRecordings, type ReplayRecordingsOptions } from './replay-recordings.js';

/** A broker and an API that answer as a station does, with one result per two seconds of samples. */
class SmallStation {
  readonly received: Frame[] = [];
  lastWindow = Infinity;
  private aedes!: Aedes;
  private mqtt!: Server;
  private http!: HttpServer;

  async start(): Promise<void> {
    this.aedes = await Aedes.createBroker();
    this.aedes.authenticate = (client, user, password, done) =>
      done(null, user === client.id && password?.toString() === `secret of ${user}`);
    this.aedes.authorizePublish = (_client, packet, done) => {
      const decoded = decodeFrame(Buffer.from(packet.payload));
      if (decoded.ok) this.received.push(decoded.frame);
      done(null);
    };
    this.mqtt = createServer((socket) => this.aedes.handle(socket));
    await new Promise<void>((resolve) => this.mqtt.listen(0, '127.0.0.1', resolve));
    this.http = createHttpServer((request, response) => {
      if (request.headers.cookie !== 'session=seen') response.statusCode = 401;
      const url = new URL(request.url ?? '', 'http://station');
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(this.windows(url)));
    });
    await new Promise<void>((resolve) => this.http.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
    await new Promise<void>((resolve) => this.aedes.close(() => resolve()));
    await new Promise((resolve) => this.mqtt.close(resolve));
  }

  get options(): Pick<ReplayRecordingsOptions, 'httpUrl' | 'brokerUrl' | 'headers' | 'provision'> {
    return {
      httpUrl: `http://127.0.0.1:${portOf(this.http)}`,
      brokerUrl: `mqtt://127.0.0.1:${portOf(this.mqtt)}`,
      headers: { cookie: 'session=seen' },
      provision: (devices) =>
        Promise.resolve(new Map(devices.map(({ device }) => [device, `secret of ${device}`]))),
    };
  }

  private windows(url: URL): WindowsResponse {
    const [, , , patient] = url.pathname.split('/');
    const [device, bootId] = [url.searchParams.get('device'), url.searchParams.get('bootId')];
    const seconds = new Set(
      this.received
        .filter((frame) => frame.device === device && frame.bootId === bootId)
        .map((frame) => frame.monotonicUs / 1e6),
    );
    const windows: VitalSigns[] = [];
    for (let k = 0; seconds.has(2 * k + 7) && k <= this.lastWindow; k++) {
      windows.push(vitalOf(patient!, device!, bootId!, k));
    }
    return { patient: patient!, origin: 'replay', windows };
  }
}

function portOf(server: { address(): AddressInfo | string | null }): number | undefined {
  const address = server.address();
  return typeof address === 'object' ? address?.port : undefined;
}

function vitalOf(patient: string, device: string, bootId: string, window: number): VitalSigns {
  const model = { name: 'm', version: '1' };
  return {
    patient,
    origin: 'replay',
    device,
    bootId,
    window,
    lane: 'live',
    endMonotonicUs: 0,
    endMs: 0,
    latencyMs: 0,
    heartRate: {
      bpm: 72,
      withheld: null,
      estimateBpm: 72,
      lowBpm: 70,
      highBpm: 74,
      secondOpinionBpm: null,
      model,
    },
    quality: 1,
    activity: { class: 'rest', confidence: 1, cadencePerMinute: null, model },
    battery: null,
    worn: null,
  };
}

const RATE_HZ = 25;
const station = new SmallStation();
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-replay-'));
  station.received.length = 0;
  station.lastWindow = Infinity;
  await station.start();
});

afterEach(async () => {
  await station.stop();
  rmSync(folder, { recursive: true });
});

async function recordingOf(device: string, seconds: number): Promise<Recording> {
  const samples = () => Int32Array.from({ length: seconds * RATE_HZ }, (_, i) => i);
  const windows = Array.from({ length: (seconds - 8) / 2 + 1 }, (_, window) => ({
    window,
    bpm: 70,
  }));
  const { path } = await writeRecording(folder, {
    device,
    blocks: [
      ppgBlock(RATE_HZ, 1, 530, [samples()]),
      accelerometerBlock(RATE_HZ, 0.001, [samples(), samples(), samples()]),
    ],
    reference: { source: 'made up', windows },
  });
  return scanRecording(path);
}

/** One second of light. */
function frameOf(device: string): Frame {
  const samples = new Int32Array(RATE_HZ);
  return [...recordingFrames(device, [ppgBlock(RATE_HZ, 1, 530, [samples])])][0]!;
}

const replay = (recordings: Recording[], more: Partial<ReplayRecordingsOptions> = {}) =>
  replayRecordings(recordings, {
    ...station.options,
    speed: Infinity,
    duplicate: 0,
    shuffle: 0,
    seed: 1,
    onPhase: () => {},
    onProgress: () => {},
    onTrouble: () => {},
    signal: new AbortController().signal,
    ...more,
  });

const secondsOf = (device: string) =>
  station.received
    .filter((frame) => frame.device === device)
    .map((frame) => frame.monotonicUs / 1e6);
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('scanRecording', () => {
  it('knows frames, boots, windows and reference', async () => {
    expect(await recordingOf('rec-1', 31)).toMatchObject({
      name: 'rec-1',
      frames: 31,
      boots: [{ device: 'rec-1', patient: 'rec-1', bootId: 'recording', lastWindow: 11 }],
      reference: { source: 'made up' },
    });
  });

  it('lets a device be worn by one patient, the first of the recording, in all of its boots', async () => {
    const path = join(folder, 'shift.vigil');
    const writer = createExportWriter(createWriteStream(path), {
      stream: 'frames',
      origin: 'live',
    });
    const worn = [
      ['a', 'boot-1', ''],
      ['a', 'boot-1', 'P-1'],
      ['a', 'boot-2', 'P-2'],
      ['spare', 'boot-1', ''],
    ] as const;
    for (const [offset, [device, bootId, patient]] of worn.entries()) {
      const value = encodeInput({
        type: 'frame',
        patient,
        unassigned: patient === '' ? 'not-admitted' : null,
        origin: 'live',
        lane: 'live',
        receivedMs: offset,
        frame: encodeFrame({ ...frameOf(device), bootId }),
      });
      await writer.write({ partition: 0, offset, key: device, appendMs: offset, value });
    }
    await writer.end();
    const { boots } = await scanRecording(path);
    expect(boots.map(({ device, bootId, patient }) => [device, bootId, patient])).toEqual([
      ['a', 'boot-1', 'P-1'],
      ['a', 'boot-2', 'P-1'],
      ['spare', 'boot-1', 'spare'],
    ]);
  });

  it('refuses two recordings of one device, and a file that is none', async () => {
    const one = await recordingOf('rec-1', 10);
    expect(() => requireDistinct([one, { ...one, path: 'other' }])).toThrow('device rec-1 is in');
    await expect(scanRecording(join(folder, 'no.vigil'))).rejects.toThrow('there is no file');
    await expect(scanRecording(join(folder, 'rec-1.reference.json'))).rejects.toThrow();
  });
});

describe('replayRecordings', () => {
  it('publishes recordings in parallel, waits for every result and scores them', async () => {
    const recordings = [await recordingOf('rec-1', 60), await recordingOf('rec-2', 30)];
    const report = await replay(recordings);
    expect(secondsOf('rec-1')).toEqual(upTo(60));
    expect(secondsOf('rec-2')).toEqual(upTo(30));
    expect(report).toMatchObject({
      speed: 'max',
      missingWindows: 0,
      total: { windows: 27 + 12, withoutResult: 0, maeBpm: 2, answered: 1 },
      recordings: [
        { name: 'rec-1', sentFrames: 60, results: 27, expectedWindows: 27, score: { maeBpm: 2 } },
        { name: 'rec-2', sentFrames: 30, results: 12, expectedWindows: 12 },
      ],
    });
    // a second replay is no duplicate of the first
    const again = await replay(recordings);
    expect(again.run).not.toBe(report.run);
    expect(new Set(station.received.map((frame) => frame.bootId)).size).toBe(2);
  });

  it('duplicates and shuffles within its bound', async () => {
    const report = await replay([await recordingOf('rec-1', 200)], { duplicate: 0.1, shuffle: 4 });
    const seconds = secondsOf('rec-1');
    expect(seconds.length).toBe(report.recordings[0]!.sentFrames);
    expect(seconds.length).toBeGreaterThan(205);
    expect(new Set(seconds)).toEqual(new Set(upTo(200)));
    expect(seconds).not.toEqual(seconds.toSorted((a, b) => a - b));
    seconds.forEach((second, i) => {
      const later = seconds.slice(i + 1).filter((other) => other < second - 4);
      expect(later).toEqual([]);
    });
  });

  it('keeps the pace that is asked for', async () => {
    const report = await replay([await recordingOf('rec-1', 21)], { speed: 20 });
    expect(report.publishSeconds).toBeGreaterThan(0.9);
    expect(report.publishSeconds).toBeLessThan(3);
  });

  it('reports windows that never come', async () => {
    station.lastWindow = 3;
    const report = await replay([await recordingOf('rec-1', 20)], { patienceMs: 600 });
    expect(report.missingWindows).toBe(3);
    expect(report.total).toMatchObject({ windows: 7, withoutResult: 3, answered: 4 / 7 });
  });

  it('ends with a sentence when the station refuses a device', async () => {
    const replaying = replay([await recordingOf('rec-1', 20)], {
      provision: () => Promise.resolve(new Map([['rec-1', 'wrong']])),
    });
    await expect(replaying).rejects.toThrow('refused device rec-1');
  });

  it('ends with a sentence when no station is there', async () => {
    const replaying = replay([await recordingOf('rec-1', 100)], {
      brokerUrl: 'mqtt://127.0.0.1:1',
      patienceMs: 500,
    });
    await expect(replaying).rejects.toThrow('has taken no frame');
  });
});
