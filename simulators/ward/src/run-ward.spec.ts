import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Aedes } from 'aedes';
import { decodeFrame, type Frame } from '@app/contracts';
import { wardOf } from './generated-ward.js';
import { runWard, type RunWardOptions } from './run-ward.js';
import type { TruthWindow } from './truth.js';
import { scenarioSchema } from './scenario.js';

let aedes: Aedes;
let server: Server;
let port: number;
let received: { channel: string; frame: Frame }[];
const sockets = new Set<Socket>();

beforeEach(async () => {
  received = [];
  aedes = await Aedes.createBroker();
  aedes.authenticate = (client, user, password, done) =>
    done(null, user === client.id && password?.toString() === `secret of ${user}`);
  aedes.authorizePublish = (_client, packet, done) => {
    const decoded = decodeFrame(Buffer.from(packet.payload));
    if (decoded.ok) received.push({ channel: packet.topic.split('/')[3]!, frame: decoded.frame });
    done(null);
  };
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    aedes.handle(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address !== null && typeof address === 'object') port = address.port;
});

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
  await new Promise<void>((resolve) => aedes.close(() => resolve()));
});

const run = (options: Partial<RunWardOptions>) =>
  runWard({
    url: `mqtt://127.0.0.1:${port}`,
    secretOf: (device) => `secret of ${device}`,
    scenario: wardOf(3, 1),
    seed: 1,
    bootPrefix: 'run',
    ...options,
  });

const framesOf = (device: string) =>
  received.filter((one) => one.frame.device === device).map((one) => one.frame);
const sequences = (device: string) => framesOf(device).map((frame) => frame.sequence);
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('runWard', () => {
  it('publishes every second of every wearable in order, and its truth, as fast as it goes', async () => {
    const truth: TruthWindow[] = [];
    const report = await run({
      speed: Infinity,
      durationSeconds: 20,
      onTruth: (window) => truth.push(window),
    });
    for (const device of ['sim-01', 'sim-02', 'sim-03'])
      expect(sequences(device)).toEqual(upTo(20));
    expect(truth).toHaveLength(3 * 7);
    expect(report).toMatchObject({
      wearables: 3,
      wearableSeconds: 60,
      frames: 60,
      acknowledged: 60,
      waiting: 0,
      connections: 3,
    });
  });

  it('gives the same samples at any speed', async () => {
    const durationSeconds = 12;
    await run({ speed: Infinity, durationSeconds });
    const fast = framesOf('sim-02').map((frame) => frame.blocks);
    received = [];
    await run({ speed: 12, durationSeconds });
    expect(framesOf('sim-02').map((frame) => frame.blocks)).toEqual(fast);
  });

  it('sends a head start at once and live, then a frame per second', async () => {
    const start = performance.now();
    const at: number[] = [];
    await run({
      scenario: wardOf(1, 1),
      headStartSeconds: 8,
      durationSeconds: 10,
      onSecond: () => at.push(performance.now() - start),
    });
    expect(at[7]).toBeLessThan(900);
    expect(at[9]! - at[8]!).toBeGreaterThan(900);
    expect(received.every((one) => one.channel === 'frames')).toBe(true);
    expect(sequences('sim-01')).toEqual(upTo(10));
    const [first] = framesOf('sim-01');
    expect(first!.sentMonotonicUs).toBeGreaterThan(8e6);
    expect(first!.sentMonotonicUs).toBeLessThan(10e6);
  });

  it('loses nothing in a reconnect storm with duplicates and reordering', async () => {
    const report = await run({
      speed: 20,
      durationSeconds: 40,
      reconnectEverySeconds: 0.5,
      delivery: { duplicate: 0.2, reorderSeconds: 3 },
    });
    expect(report.connections).toBeGreaterThan(6);
    expect(report.duplicated).toBeGreaterThan(5);
    for (const device of ['sim-01', 'sim-02', 'sim-03']) {
      expect(new Set(sequences(device))).toEqual(new Set(upTo(40)));
    }
  });

  it('goes silent without a goodbye when the battery dies, and comes back with a new boot', async () => {
    const { wearables } = scenarioSchema.parse({
      wearables: [
        {
          device: 'sim-01',
          patient: 'P-01',
          timeline: [{ atSeconds: 0, activity: 'rest', heartRateBpm: 70 }],
          faults: [{ kind: 'battery-death', fromSeconds: 10, toSeconds: 15 }],
        },
      ],
    });
    const report = await run({ scenario: { name: '', wearables }, speed: 20, durationSeconds: 20 });
    expect(report.connections).toBe(2);
    expect(framesOf('sim-01').map((frame) => `${frame.bootId}/${frame.sequence}`)).toEqual([
      ...upTo(10).map((i) => `run-0/${i}`),
      ...upTo(5).map((i) => `run-1/${i}`),
    ]);
  });

  const faulty = (fault: object) =>
    scenarioSchema.parse({
      wearables: [
        {
          device: 'sim-01',
          patient: 'P-01',
          timeline: [{ atSeconds: 0, activity: 'rest', heartRateBpm: 70 }],
          faults: [fault],
        },
      ],
    });

  it('never sends what was measured while it was silent, on the same connection', async () => {
    const scenario = faulty({ kind: 'silent', fromSeconds: 5, toSeconds: 12 });
    const report = await run({ scenario, speed: 20, durationSeconds: 16 });
    expect(report.connections).toBe(1);
    expect(sequences('sim-01')).toEqual([...upTo(5), 12, 13, 14, 15]);
  });

  it('sends all that it has kept when it is back, the newest seconds live and the others as backlog', async () => {
    const scenario = faulty({ kind: 'offline', fromSeconds: 10, toSeconds: 40 });
    const report = await run({ scenario, speed: 20, durationSeconds: 50 });
    expect(report.connections).toBe(2);
    expect(sequences('sim-01').toSorted((a, b) => a - b)).toEqual(upTo(50));
    const backlog = received.filter((one) => one.channel === 'backfill');
    const first = backlog.map((one) => one.frame.sequence);
    expect(first).toEqual(first.toSorted((a, b) => a - b));
    expect(first[0]).toBe(10);
    expect(first.at(-1)).toBeGreaterThanOrEqual(20);
  });

  it('ends on a signal, also while the station is away', async () => {
    const ending = new AbortController();
    const running = run({
      url: 'mqtt://127.0.0.1:1',
      speed: Infinity,
      drainMs: 50,
      signal: ending.signal,
      onState: (_device, state) => state.state === 'offline' && ending.abort(),
    });
    const report = await running;
    expect(report.acknowledged).toBe(0);
    expect(report.waiting).toBeGreaterThan(0);
  });
});
