import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { decodeFrame, encodeFrame, topicOf } from '@app/contracts';
import { createHash } from 'node:crypto';
import { startBroker, type BrokerFixture } from '../integration/broker-fixture.js';
import { frameOf } from '../integration/frames.js';
import { frameKinds } from './frame-kinds.js';
import {
  connectPacket,
  DISCONNECT,
  PINGREQ,
  publishPacket,
  subscribePacket,
  uint16,
} from './mqtt-bytes.js';
import { firstPacketKinds, sessionPacketKinds, type Outcome } from './packet-kinds.js';
import { RawClient } from './raw-client.js';
import { mutated, seededRandom } from './seeded-random.js';

const PUBACK = 4;
const PINGRESP = 13;
const AT_ONCE = 16;
/** Below the bound on malformed messages of one device. */
const PER_DEVICE = 15;
/** More for a long search: VIGIL_ATTACK_STREAMS=15000. A multiple of `PER_DEVICE`. */
const DAMAGED_STREAMS = Number(process.env['VIGIL_ATTACK_STREAMS'] ?? 300);

jest.setTimeout(300_000 + DAMAGED_STREAMS * 100);

describe('a broker that is sent what it should not be', () => {
  let broker: BrokerFixture;
  const secrets = new Map<string, string>();
  const kindsSeen = new Set<string>();

  beforeAll(async () => {
    broker = await startBroker();
    await devices('good', 1);
  });

  afterEach(() => RawClient.closeAll());
  afterAll(() => broker.cleanUp());

  /** Names of so many devices, added where they are new. */
  async function devices(prefix: string, count: number): Promise<string[]> {
    const names = Array.from({ length: count }, (_, i) => `${prefix}${i}`);
    for (const name of names)
      if (!secrets.has(name)) secrets.set(name, await broker.addDevice(name));
    return names;
  }

  const session = (device: string) =>
    RawClient.session(broker.port, device, secrets.get(device) ?? '');

  const saw = (bytes: Uint8Array) =>
    kindsSeen.add(createHash('sha256').update(bytes).digest('base64'));

  /** Increase of every reason of a metric during the work. */
  async function counted(name: string, work: () => Promise<void>): Promise<Map<string, number>> {
    const before = await broker.reasons(name);
    await work();
    const after = await broker.reasons(name);
    return new Map(
      [...after]
        .map(([reason, count]): [string, number] => [reason, count - (before.get(reason) ?? 0)])
        .filter(([, count]) => count > 0),
    );
  }

  /** A device that behaves is served as before, and nothing of the attack is left. */
  async function expectGoodService(): Promise<void> {
    const client = await session('good0');
    const before = await broker.metric('vigil_frames_accepted_total');
    client.send(
      publishPacket(topicOf('good0', 'frames'), encodeFrame(frameOf('good0')), { messageId: 7 }),
    );
    expect(await client.received(1)).toEqual([{ type: PUBACK, body: uint16(7) }]);
    expect(await broker.metric('vigil_frames_accepted_total')).toBe(before + 1);
    client.send(DISCONNECT);
    expect(await client.closed(5000)).toBe(true);
    await broker.until(async () => (await broker.metric('vigil_mqtt_connections')) === 0);
    expect(await broker.metric('vigil_mqtt_publishes_in_flight')).toBe(0);
    expect(await broker.metric('vigil_mqtt_unauthenticated_connections')).toBe(0);
  }

  it('refuses every wrong first packet, and counts it under its reason', async () => {
    const [device = ''] = await devices('first', 1);
    const kinds = firstPacketKinds(device, secrets.get(device) ?? '');
    const refused = await counted('vigil_mqtt_refused_total', () =>
      inParallel(kinds, async ({ name, bytes }) => {
        saw(bytes);
        const client = await RawClient.open(broker.port);
        client.send(bytes);
        expect([name, await client.closed(10_000)]).toEqual([name, true]);
      }),
    );
    expect(refused).toEqual(
      tally(
        kinds.map(({ outcome }) => outcome),
        'refused',
      ),
    );
    await expectGoodService();
  });

  it('ends or ignores every wrong packet of a session, and counts it under its reason', async () => {
    const names = await devices('then', 24);
    const work = names.map((device, i) => ({
      device,
      kinds: sessionPacketKinds(device).filter((_, k) => k % names.length === i),
    }));
    const kinds = work.flatMap((one) => one.kinds);
    let rejected = new Map<string, number>();
    let unsubscribed = -(await broker.metric('vigil_mqtt_subscriptions_refused_total'));
    const disconnected = await counted('vigil_mqtt_disconnects_total', async () => {
      rejected = await counted('vigil_frames_rejected_total', () =>
        inParallel(work, async (one) => {
          for (const kind of one.kinds) {
            saw(kind.bytes);
            const client = await session(one.device);
            client.send(kind.bytes);
            if (!endsSession(kind.outcome)) {
              client.send(PINGREQ);
              expect([kind.name, await client.receivedType(PINGRESP)]).toEqual([kind.name, true]);
              client.send(DISCONNECT);
            }
            expect([kind.name, await client.closed(10_000)]).toEqual([kind.name, true]);
          }
        }),
      );
      await broker.until(async () => (await broker.metric('vigil_mqtt_connections')) === 0);
    });
    unsubscribed += await broker.metric('vigil_mqtt_subscriptions_refused_total');
    const outcomes = kinds.map(({ outcome }) => outcome);
    const expected = tally(outcomes, 'disconnected');
    const tooLarge = expected.get('packet-too-large') ?? 0;
    const goodbyes = outcomes.filter((outcome) => !endsSession(outcome)).length;
    expect(disconnected).toEqual(new Map([...expected, ['closed', goodbyes]]));
    expect(rejected).toEqual(new Map([...tally(outcomes, 'rejected'), ['too-large', tooLarge]]));
    expect(unsubscribed).toBe(
      outcomes.reduce(
        (sum, outcome) =>
          sum +
          (typeof outcome === 'object' && 'notSubscribed' in outcome ? outcome.notSubscribed : 0),
        0,
      ),
    );
    await expectGoodService();
  });

  it('acknowledges every malformed frame, drops it, and counts it under its reason', async () => {
    const count = Math.ceil(frameKinds('frame00').length / PER_DEVICE);
    const names = (await devices('frame1', count)).map((device, i) => ({ device, i }));
    const expected = new Map<string, number>();
    let valid = -(await broker.metric('vigil_frames_accepted_total'));
    let sentValid = 0;
    const rejected = await counted('vigil_frames_rejected_total', () =>
      inParallel(names, async ({ device, i }) => {
        const kinds = frameKinds(device).slice(i * PER_DEVICE, (i + 1) * PER_DEVICE);
        const client = await session(device);
        for (const [k, { name, payload, reason }] of kinds.entries()) {
          saw(payload);
          const decoded = decodeFrame(payload);
          const found = decoded.ok
            ? decoded.frame.device === device
              ? null
              : 'wrong-device'
            : decoded.reason;
          if (reason !== null) expect([name, found]).toEqual([name, reason]);
          if (found === null) sentValid++;
          else expected.set(found, (expected.get(found) ?? 0) + 1);
          client.send(publishPacket(topicOf(device, 'frames'), payload, { messageId: k + 1 }));
          const answers = await client.received(k + 1);
          expect([name, answers[k]]).toEqual([name, { type: PUBACK, body: uint16(k + 1) }]);
        }
        client.send(DISCONNECT);
        await client.closed(5000);
      }),
    );
    valid += await broker.metric('vigil_frames_accepted_total');
    expect(sorted(rejected)).toEqual(sorted(expected));
    expect(valid).toBe(sentValid);
    await expectGoodService();
  });

  it('survives damaged streams of packets', async () => {
    const names = await devices('damage', DAMAGED_STREAMS / PER_DEVICE);
    let refusedOrEnded = 0;
    const work = names.map((device, i) => ({
      device,
      seeds: Array.from({ length: PER_DEVICE }, (_, k) => i * PER_DEVICE + k),
    }));
    const refused = await counted('vigil_mqtt_refused_total', async () => {
      const ended = await counted('vigil_mqtt_disconnects_total', async () => {
        await inParallel(work, async ({ device, seeds }) => {
          const stream = Buffer.concat([
            connectPacket({
              clientId: device,
              username: device,
              password: secrets.get(device) ?? '',
            }),
            subscribePacket([[topicOf(device, 'errors'), 0]]),
            publishPacket(topicOf(device, 'frames'), encodeFrame(frameOf(device))),
            PINGREQ,
            DISCONNECT,
          ]);
          for (const seed of seeds) {
            const bytes = mutated(stream, seededRandom(seed));
            saw(bytes);
            const client = await RawClient.open(broker.port);
            client.send(bytes);
            // a packet that says it is longer than it is waits for the rest: nothing is wrong yet
            await client.closed(250);
            client.destroy();
          }
        });
        await broker.until(async () => (await broker.metric('vigil_mqtt_connections')) === 0);
      });
      refusedOrEnded += [...ended.values()].reduce((a, b) => a + b, 0);
    });
    refusedOrEnded += [...refused.values()].reduce((a, b) => a + b, 0);
    expect(refusedOrEnded).toBe(work.reduce((sum, { seeds }) => sum + seeds.length, 0));
    await expectGoodService();
  });

  it('was sent at least a thousand different kinds', () => {
    process.stderr.write(`${kindsSeen.size} kinds of malformed or oversized packets\n`);
    expect(kindsSeen.size).toBeGreaterThan(1000);
  });
});

function endsSession(outcome: Outcome): boolean {
  return typeof outcome === 'object' && 'disconnected' in outcome;
}

/** How often each reason of one metric is expected. */
function tally(
  outcomes: Outcome[],
  metric: 'refused' | 'disconnected' | 'rejected',
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) {
    if (outcome === 'ignored' || !(metric in outcome)) continue;
    const [reason] = Object.values(outcome);
    if (typeof reason === 'string') counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return counts;
}

function sorted(counts: Map<string, number>): [string, number][] {
  return [...counts].toSorted(([a], [b]) => a.localeCompare(b));
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
    }),
  );
}
