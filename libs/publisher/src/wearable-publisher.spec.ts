import { afterEach, describe, expect, it } from '@jest/globals';
import { topicOf, type Frame } from '@app/contracts';
import { FrameBuilder } from './frame-builder.js';
import { MemoryOutbox } from './memory-outbox.js';
import type { PublisherState, WearablePublisherOptions } from './publisher-options.js';
import { TestBroker } from './testing/test-broker.js';
import { WearablePublisher } from './wearable-publisher.js';

async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const brokers: TestBroker[] = [];
const publishers: WearablePublisher[] = [];

afterEach(async () => {
  for (const publisher of publishers.splice(0)) await publisher.stop();
  for (const broker of brokers.splice(0)) await broker.kill();
});

async function brokerUp(): Promise<TestBroker> {
  const broker = new TestBroker();
  await broker.start();
  brokers.push(broker);
  return broker;
}

async function publisherOf(
  broker: TestBroker,
  options: Partial<WearablePublisherOptions> = {},
): Promise<WearablePublisher> {
  const publisher = new WearablePublisher({
    url: `mqtt://127.0.0.1:${broker.port}`,
    device: 'watch',
    secret: 'secret of watch',
    bootId: 'b',
    mode: 'recording',
    monotonicUs: () => 0,
    backoff: { firstMs: 20, longestMs: 50 },
    ...options,
  });
  publishers.push(publisher);
  await publisher.start();
  return publisher;
}

const builder = () => new FrameBuilder({ device: 'watch', bootId: 'b', position: 'wrist' });

function frameAt(frames: FrameBuilder, second: number): Frame {
  return frames.build({
    monotonicUs: second * 1e6,
    wallClockMs: null,
    blocks: [
      {
        kind: 'ppg',
        sampleRateHz: 25,
        unit: 'counts',
        scale: 1,
        channels: [{ wavelengthNm: 530, values: new Float32Array(25).fill(second) }],
      },
    ],
  });
}

const sequences = (broker: TestBroker) => broker.frames.map((frame) => frame.sequence);
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('WearablePublisher', () => {
  it('publishes in order, says online and offline, and empties its outbox', async () => {
    const broker = await brokerUp();
    const publisher = await publisherOf(broker);
    const frames = builder();
    for (let i = 0; i < 300; i++) await publisher.publish(frameAt(frames, i));
    await publisher.delivered();
    expect(sequences(broker)).toEqual(upTo(300));
    expect(broker.frames.every((frame) => frame.channel === 'frames')).toBe(true);
    expect(publisher.counts()).toMatchObject({
      waitingFrames: 0,
      waitingBytes: 0,
      droppedFrames: 0,
      inFlight: 0,
      acknowledged: 300,
      sentLive: 300,
      connections: 1,
    });
    await publisher.stop();
    expect(broker.statuses).toEqual(['online', 'offline']);
  });

  it('loses nothing when the broker dies in the middle, twice', async () => {
    const broker = await brokerUp();
    const publisher = await publisherOf(broker, { inFlight: 4 });
    const frames = builder();
    const total = 400;
    for (let i = 0; i < total; i++) {
      if (i === 100 || i === 250) {
        await broker.kill();
        setTimeout(() => void broker.start(), 60);
      }
      await publisher.publish(frameAt(frames, i));
    }
    await publisher.delivered();
    expect(new Set(sequences(broker))).toEqual(new Set(upTo(total)));
    expect(publisher.counts()).toMatchObject({ connections: 3, droppedFrames: 0 });
    // what is sent again starts at the oldest frame without an acknowledgement: order holds up to duplicates
    const firsts = sequences(broker).filter((value, i, all) => all.indexOf(value) === i);
    expect(firsts).toEqual(upTo(total));
  });

  it('has at most its bound in flight, and makes a recording wait', async () => {
    const broker = await brokerUp();
    let release: (() => void) | undefined;
    broker.hold = new Promise((resolve) => (release = resolve));
    const publisher = await publisherOf(broker, { inFlight: 3, waitingFrames: 10 });
    const frames = builder();
    let published = 0;
    const publishing = (async () => {
      for (let i = 0; i < 30; i++, published++) await publisher.publish(frameAt(frames, i));
    })();
    await until(() => published === 10 && publisher.counts().inFlight === 3);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(published).toBe(10);
    expect(publisher.counts()).toMatchObject({ inFlight: 3, waitingFrames: 10 });
    broker.hold = null;
    release?.();
    await publishing;
    await publisher.delivered();
    expect(sequences(broker)).toEqual(upTo(30));
  });

  it('sends a wearable’s last ten seconds live and first, the rest as backfill, with the time of sending', async () => {
    const broker = await brokerUp();
    await broker.kill();
    let now = 0;
    const publisher = await publisherOf(broker, { mode: 'wearable', monotonicUs: () => now });
    const frames = builder();
    for (let i = 0; i < 30; i++) await publisher.publish(frameAt(frames, i));
    now = 30e6;
    await broker.start();
    await publisher.delivered();
    expect(broker.frames.slice(0, 11)).toEqual(
      upTo(11).map((i) => ({ channel: 'frames', sequence: 19 + i, sentMonotonicUs: 30e6 })),
    );
    expect(broker.frames.slice(11)).toEqual(
      upTo(19).map((i) => ({ channel: 'backfill', sequence: i, sentMonotonicUs: 30e6 })),
    );
  });

  it('drops the oldest frames of a full outbox and counts them', async () => {
    const broker = await brokerUp();
    await broker.kill();
    const publisher = await publisherOf(broker, {
      mode: 'wearable',
      outbox: new MemoryOutbox({ frames: 5, bytes: 1e6 }),
    });
    const frames = builder();
    for (let i = 0; i < 20; i++) await publisher.publish(frameAt(frames, i));
    await broker.start();
    await publisher.delivered();
    expect(sequences(broker)).toEqual([15, 16, 17, 18, 19]);
    expect(publisher.counts().droppedFrames).toBe(15);
  });

  it('comes back after a broken connection', async () => {
    const broker = await brokerUp();
    const publisher = await publisherOf(broker);
    await until(() => publisher.connected);
    publisher.reconnect();
    await until(() => publisher.counts().connections === 2);
    await until(() => broker.statuses.length === 3);
    // the last will of the first connection, and the birth message of the second, in either order
    expect(broker.statuses.toSorted()).toEqual(['offline', 'online', 'online']);
  });

  it('waits while there is no network, and sends at once what it has kept when it is back', async () => {
    const broker = await brokerUp();
    const states: PublisherState[] = [];
    const publisher = await publisherOf(broker, {
      mode: 'wearable',
      monotonicUs: () => 100e6,
      backoff: { firstMs: 60_000, longestMs: 60_000 },
      onState: (state) => states.push(state),
    });
    await until(() => publisher.connected);
    publisher.networkLost();
    await until(() => !publisher.connected);
    expect(states.at(-1)).toMatchObject({ state: 'offline', retryMs: null });
    const frames = builder();
    for (const second of [50, 60, 98]) await publisher.publish(frameAt(frames, second));
    expect(broker.frames).toEqual([]);
    publisher.reconnect();
    await publisher.delivered();
    expect(broker.frames.map(({ channel, sequence }) => `${channel} ${sequence}`)).toEqual([
      'frames 2',
      'backfill 0',
      'backfill 1',
    ]);
  });

  it('does not come back by a connection that it was opening when the network went', async () => {
    const broker = await brokerUp();
    const publisher = await publisherOf(broker);
    publisher.networkLost();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([publisher.connected, publisher.counts().connections]).toEqual([false, 0]);
    publisher.reconnect();
    await until(() => publisher.connected);
    expect(publisher.counts().connections).toBe(1);
  });

  it.each(['http://127.0.0.1', '127.0.0.1:1883'])('refuses the address %s', async (url) => {
    await expect(publisherOf(await brokerUp(), { url })).rejects.toThrow(
      'no address of an MQTT broker',
    );
  });

  it('reports a refusal and keeps trying', async () => {
    const broker = await brokerUp();
    const states: string[] = [];
    const publisher = await publisherOf(broker, {
      secret: 'wrong',
      onState: (state) => states.push(state.state),
    });
    await until(() => states.filter((state) => state === 'refused').length === 2);
    expect(states).not.toContain('online');
    expect(publisher.connected).toBe(false);
  });

  it('hears its results, alarms and errors, and counts what it does not understand', async () => {
    const broker = await brokerUp();
    const heard: string[] = [];
    const publisher = await publisherOf(broker, {
      onVitals: (vital) => heard.push(`window ${vital.window}`),
      onError: (error) => heard.push(error.reason),
    });
    await until(() => publisher.connected);
    const send = (channel: 'vitals' | 'alarms' | 'errors', text: string) =>
      broker.send(topicOf('watch', channel), text);
    await until(() => {
      void send('vitals', '{"window":1}');
      return heard.length > 0;
    });
    heard.length = 0;
    await send('alarms', '{"id":"not subscribed"}');
    await send('errors', 'no JSON');
    await send('errors', '{"reason":"bad-rate"}');
    await until(() => heard.includes('bad-rate'));
    expect(publisher.counts().badDownlinks).toBe(1);
  });
});
