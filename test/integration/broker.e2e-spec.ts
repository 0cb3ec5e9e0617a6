import { afterEach, describe, expect, it } from '@jest/globals';
import {
  decodeFrame,
  decodeInput,
  encodeFrame,
  encodeRecord,
  topicOf,
  type AlarmEvent,
  type InputRecord,
  type VitalSigns,
} from '@app/contracts';
import type { Journal } from '@app/journal';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SettingError } from '../../apps/station/src/settings.js';
import { requirement } from '../requirements.js';
import { startBroker, type BrokerFixture, type BrokerFixtureOptions } from './broker-fixture.js';
import { frameOf, jsonFrameOf } from './frames.js';

const run = promisify(execFile);
const fixtures: BrokerFixture[] = [];
const clients: MqttClient[] = [];

async function broker(options?: BrokerFixtureOptions): Promise<BrokerFixture> {
  const fixture = await startBroker(options);
  fixtures.push(fixture);
  return fixture;
}

function device(
  fixture: BrokerFixture,
  name: string,
  secret: string,
  options: IClientOptions = {},
): MqttClient {
  const client = connect({
    host: '127.0.0.1',
    port: fixture.port,
    clientId: name,
    username: name,
    password: secret,
    keepalive: 30,
    reconnectPeriod: 0,
    ...options,
  });
  client.on('error', () => undefined);
  clients.push(client);
  return client;
}

const connected = (client: MqttClient) =>
  new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve());
    client.once('error', reject);
    client.once('close', () => reject(new Error('closed')));
  });

/** Resolves with the next message on a topic. */
const message = (client: MqttClient, topic: string) =>
  new Promise<unknown>((resolve) => {
    const listen = (on: string, payload: Buffer) => {
      if (on !== topic) return;
      client.off('message', listen);
      resolve(JSON.parse(payload.toString()));
    };
    client.on('message', listen);
  });

async function inputs(journal: Journal): Promise<InputRecord[]> {
  const records = await Promise.all(
    Array.from({ length: journal.partitions }, (_, p) => journal.read('frames', p, 0, 10_000)),
  );
  return records
    .flat()
    .map(({ value }) => decodeInput(value))
    .filter(({ type }) => type !== 'tick');
}

const framesIn = async (journal: Journal) =>
  (await inputs(journal)).flatMap((input) => (input.type === 'frame' ? [input] : []));

async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('condition never came true');
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.end(true);
  for (const fixture of fixtures.splice(0)) await fixture.cleanUp();
});

describe('the broker', () => {
  it('journals a device’s frames in order, with patient, lane and time of arrival', async () => {
    const fixture = await broker();
    const secret = await fixture.addDevice('watch-1');
    const client = device(fixture, 'watch-1', secret);
    await connected(client);
    for (let sequence = 0; sequence < 10; sequence++) {
      await client.publishAsync(
        topicOf('watch-1', sequence < 8 ? 'frames' : 'backfill'),
        Buffer.from(encodeFrame(frameOf('watch-1', sequence))),
        { qos: 1 },
      );
    }
    const frames = await framesIn(fixture.journal);
    expect(frames).toHaveLength(10);
    expect(frames.map(({ lane }) => lane)).toEqual([
      ...Array<string>(8).fill('live'),
      ...Array<string>(2).fill('backfill'),
    ]);
    for (const [i, { patient, origin, receivedMs, frame }] of frames.entries()) {
      expect({ patient, origin }).toEqual({ patient: 'p-watch-1', origin: 'live' });
      expect(Math.abs(receivedMs - Date.now())).toBeLessThan(60_000);
      const decoded = decodeFrame(frame);
      expect(decoded.ok && decoded.frame.sequence).toBe(i);
    }
    expect(await fixture.metric('vigil_frames_accepted_total', { lane: 'live' })).toBe(8);
    expect(await fixture.metric('vigil_frames_accepted_total', { lane: 'backfill' })).toBe(2);
  });

  it('acknowledges a frame only once it is durable', async () => {
    let release = () => undefined as void;
    const held = new Promise<void>((resolve) => (release = resolve));
    let appended = false;
    const fixture = await broker({
      wrapJournal: (journal) =>
        wrapped(journal, async (stream, records) => {
          const isFrame = stream === 'frames' && decodeInput(records[0]!.value).type === 'frame';
          const positions = await journal.append(stream, records);
          if (isFrame) {
            appended = true;
            await held;
          }
          return positions;
        }),
    });
    const client = device(fixture, 'w', await fixture.addDevice('w'));
    await connected(client);
    let acknowledged = false;
    const published = client
      .publishAsync(topicOf('w', 'frames'), Buffer.from(encodeFrame(frameOf('w'))), { qos: 1 })
      .then(() => (acknowledged = true));
    await until(() => appended);
    // a PINGRESP comes after everything that the broker had to say before
    await new Promise<void>((resolve) => {
      client.once('packetreceive', () => resolve());
      client.sendPing();
    });
    expect(acknowledged).toBe(false);
    release();
    await published;
    expect(acknowledged).toBe(true);
  });

  it('closes the connection without an acknowledgement when the journal fails, and says so', async () => {
    let isBroken = true;
    const fixture = await broker({
      wrapJournal: (journal) =>
        wrapped(journal, (stream, records) => {
          const isFrame = stream === 'frames' && decodeInput(records[0]!.value).type === 'frame';
          return isBroken && isFrame
            ? Promise.reject(new Error('disk full'))
            : journal.append(stream, records);
        }),
    });
    const secret = await fixture.addDevice('w');
    const client = device(fixture, 'w', secret);
    await connected(client);
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    let acknowledged = false;
    client.publish(
      topicOf('w', 'frames'),
      Buffer.from(encodeFrame(frameOf('w'))),
      { qos: 1 },
      (error) => (acknowledged = error === undefined || error === null),
    );
    await closed;
    expect(acknowledged).toBe(false);
    expect(await fixture.metric('vigil_broker_append_failures_total')).toBe(1);
    expect(await fixture.metric('vigil_mqtt_disconnects_total', { reason: 'journal' })).toBe(1);
    isBroken = false;
    const again = device(fixture, 'w', secret);
    await connected(again);
    await again.publishAsync(topicOf('w', 'frames'), Buffer.from(encodeFrame(frameOf('w'))), {
      qos: 1,
    });
    expect(await framesIn(fixture.journal)).toHaveLength(1);
    expect(fixture.health.parts().every(({ ok }) => ok)).toBe(true);
  });

  it('acknowledges, counts, reports and drops what is malformed, and disconnects who goes on', async () => {
    const fixture = await broker();
    const client = device(fixture, 'w', await fixture.addDevice('w'));
    await connected(client);
    await client.subscribeAsync(topicOf('w', 'errors'));
    const report = message(client, topicOf('w', 'errors'));
    await client.publishAsync(topicOf('w', 'frames'), 'hello', { qos: 1 });
    expect(await report).toMatchObject({ reason: 'not-protobuf', count: 1 });

    const other = message(client, topicOf('w', 'errors'));
    await client.publishAsync(topicOf('w', 'frames'), Buffer.from(encodeFrame(frameOf('x'))), {
      qos: 1,
    });
    expect(await other).toMatchObject({ reason: 'wrong-device' });

    const status = message(client, topicOf('w', 'errors'));
    await client.publishAsync(topicOf('w', 'status'), '{"state":"fine"}', { qos: 1 });
    expect(await status).toMatchObject({ reason: 'bad-status' });

    const foreign = message(client, topicOf('w', 'errors'));
    await client.publishAsync(topicOf('x', 'frames'), Buffer.from(encodeFrame(frameOf('x'))), {
      qos: 1,
    });
    expect(await foreign).toMatchObject({ reason: 'not-allowed' });

    const large = message(client, topicOf('w', 'errors'));
    await client.publishAsync(topicOf('w', 'frames'), Buffer.alloc(17 * 1024), { qos: 1 });
    expect(await large).toMatchObject({ reason: 'too-large' });

    expect(await framesIn(fixture.journal)).toHaveLength(0);
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    for (let i = 0; i < 16; i++)
      await client.publishAsync(topicOf('w', 'frames'), 'hello', { qos: 1 });
    await closed;
    expect(await fixture.metric('vigil_frames_rejected_total', { reason: 'not-protobuf' })).toBe(
      17,
    );
    expect(await fixture.metric('vigil_frames_rejected_total')).toBe(21);
    expect(await fixture.metric('vigil_mqtt_disconnects_total', { reason: 'malformed' })).toBe(1);
  });

  it('records that devices come and go, and after a crash that they were lost', async () => {
    const fixture = await broker();
    const secret = await fixture.addDevice('w');
    const client = device(fixture, 'w', secret, {
      will: {
        topic: topicOf('w', 'status'),
        payload: Buffer.from('{"state":"offline"}'),
        qos: 1,
        retain: true,
      },
    });
    await connected(client);
    await client.publishAsync(topicOf('w', 'status'), '{"state":"online","waitingFrames":7}', {
      qos: 1,
      retain: true,
    });
    expect(await fixture.metric('vigil_device_waiting_frames')).toBe(7);
    const second = device(fixture, 'w', secret);
    await connected(second);
    await second.endAsync();
    const third = device(fixture, 'w', secret);
    await connected(third);
    third.stream.destroy();
    const links = async () =>
      (await inputs(fixture.journal)).flatMap((input) =>
        input.type === 'link' ? [`${input.connected ? 'on' : 'off'} ${input.reason}`] : [],
      );
    await until(async () => (await links()).length === 6);
    expect(await links()).toEqual([
      'on connected',
      'off replaced',
      'on connected',
      'off closed',
      'on connected',
      'off lost',
    ]);

    // a crash: the journal keeps what the last second has saved, nobody records a disconnect
    const fourth = device(fixture, 'w', secret);
    await connected(fourth);
    await until(
      async () =>
        (await fixture.journal.checkpoint('broker-links', 1))?.state.has('w') === true ||
        (await fixture.journal.checkpoint('broker-links', 0))?.state.has('w') === true,
    );
    const next = await startBrokerBeside(fixture);
    expect((await links()).at(-1)).toBe('off station-restart');
    await next.stop();
  });

  it('gives a device its own results and nobody else’s, and the current state when it subscribes', async () => {
    const fixture = await broker();
    const one = device(fixture, 'one', await fixture.addDevice('one'));
    const two = device(fixture, 'two', await fixture.addDevice('two'));
    await Promise.all([connected(one), connected(two)]);
    const seenByTwo: string[] = [];
    two.on('message', (topic) => seenByTwo.push(topic));
    await two.subscribeAsync([topicOf('two', 'vitals'), topicOf('two', 'alarms')]);
    await one.subscribeAsync(topicOf('one', 'vitals'));

    const vital = message(one, topicOf('one', 'vitals'));
    await fixture.journal.append('ward', [
      {
        key: 'p-one',
        value: encodeRecord({
          type: 'vitals',
          vital: { ...vitalOf('one'), lane: 'backfill', window: 1 },
        }),
      },
      { key: 'p-one', value: encodeRecord({ type: 'vitals', vital: vitalOf('one') }) },
    ]);
    expect(await vital).toMatchObject({ device: 'one', window: 2, lane: 'live' });

    await fixture.journal.append('events', [
      { key: 'p-one', value: encodeRecord(alarmOf('one', 'a1', 'on')) },
      { key: 'p-one', value: encodeRecord(alarmOf('one', 'a2', 'on')) },
      { key: 'p-one', value: encodeRecord(alarmOf('one', 'a2', 'off')) },
    ]);
    await until(async () => {
      const saved = await Promise.all(
        [0, 1].map((p) => fixture.journal.checkpoint('downlink-events', p)),
      );
      return saved.some((checkpoint) => checkpoint?.state.has('p-one') === true);
    });
    const alarm = message(one, topicOf('one', 'alarms'));
    await one.subscribeAsync(topicOf('one', 'alarms'));
    expect(await alarm).toMatchObject({ alarmId: 'a1', signal: 'on' });

    const again = message(one, topicOf('one', 'vitals'));
    await one.unsubscribeAsync(topicOf('one', 'vitals'));
    await one.subscribeAsync(topicOf('one', 'vitals'));
    expect(await again).toMatchObject({ window: 2 });
    expect(seenByTwo).toEqual([]);

    for (const filter of [
      '#',
      '+/+/+/+',
      'vigil/v1/+/vitals',
      topicOf('one', 'vitals'),
      topicOf('two', 'frames'),
      '$SYS/#',
    ]) {
      await expect(two.subscribeAsync(filter)).rejects.toThrow();
    }
    expect(await fixture.metric('vigil_mqtt_subscriptions_refused_total')).toBe(6);
  });

  it('refuses a client with a return code that says why', async () => {
    const fixture = await broker();
    const secret = await fixture.addDevice('w');
    const code = async (options: IClientOptions) => {
      const client = device(fixture, 'w', secret, options);
      const error = await connected(client).then(
        () => null,
        (e: unknown) => e,
      );
      client.end(true);
      return error instanceof Error && 'code' in error ? error.code : error;
    };
    expect(await code({ password: 'wrong' })).toBe(4);
    expect(await code({ clientId: 'unknown', username: 'unknown' })).toBe(4);
    expect(await code({ clientId: 'other' })).toBe(2);
    expect(await code({ clean: false })).toBe(5);
    expect(await code({ keepalive: 61 })).toBe(5);
    expect(await code({ keepalive: 0 })).toBe(5);
    const will = { payload: Buffer.from('{"state":"offline"}'), qos: 0 as const, retain: true };
    expect(await code({ will: { ...will, topic: topicOf('x', 'status') } })).toBe(5);
    expect(
      await code({ will: { ...will, topic: topicOf('w', 'status'), payload: Buffer.from('no') } }),
    ).toBe(5);
    expect(await code({ protocolVersion: 5 })).toBe(1);
    expect(await code({})).toBeNull();
    for (const [reason, count] of Object.entries({
      'bad-credentials': 2,
      'bad-identifier': 1,
      'persistent-session': 1,
      'keep-alive': 2,
      'bad-will': 2,
      'protocol-version': 1,
    })) {
      expect([reason, await fixture.metric('vigil_mqtt_refused_total', { reason })]).toEqual([
        reason,
        count,
      ]);
    }
  });

  it('slows a device that is over its rate, loses nothing of it, and tells it', async () => {
    const fixture = await broker();
    const client = device(fixture, 'w', await fixture.addDevice('w'));
    await connected(client);
    await client.subscribeAsync(topicOf('w', 'errors'));
    const report = message(client, topicOf('w', 'errors'));
    const startMs = Date.now();
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        client.publishAsync(topicOf('w', 'frames'), Buffer.from(encodeFrame(frameOf('w', i))), {
          qos: 1,
        }),
      ),
    );
    // 20 at once, then 5 per second
    expect(Date.now() - startMs).toBeGreaterThan(1900);
    expect(await report).toMatchObject({ reason: 'slowed' });
    const frames = await framesIn(fixture.journal);
    expect(
      frames.map(({ frame }) => {
        const d = decodeFrame(frame);
        return d.ok ? d.frame.sequence : -1;
      }),
    ).toEqual(Array.from({ length: 30 }, (_, i) => i));
    expect(await fixture.metric('vigil_mqtt_slowed_total', { topic: 'frames' })).toBe(10);
  });

  it('disconnects a device that is removed', async () => {
    const fixture = await broker();
    const client = device(fixture, 'w', await fixture.addDevice('w'));
    await connected(client);
    fixture.devices.remove('w');
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.publish(topicOf('w', 'frames'), Buffer.from(encodeFrame(frameOf('w'))), { qos: 1 });
    await closed;
    expect(await framesIn(fixture.journal)).toEqual([]);
    expect(await fixture.metric('vigil_mqtt_disconnects_total', { reason: 'removed' })).toBe(1);
  });

  it('names the flag when its port is taken', async () => {
    const fixture = await broker();
    const second = startBroker({ port: fixture.port });
    await expect(second).rejects.toThrow(SettingError);
    await expect(second).rejects.toThrow(`--mqtt-port (VIGIL_MQTT_PORT) ${fixture.port} is in use`);
  });
});

requirement('mosquitto_pub')('the broker and mosquitto_pub', () => {
  const publish = (fixture: BrokerFixture, secret: string, topic: string, text: string) =>
    run('mosquitto_pub', [
      ...['-h', '127.0.0.1', '-p', String(fixture.port)],
      ...['-i', 'w', '-u', 'w', '-P', secret, '-q', '1', '-t', topic, '-m', text],
    ]);

  it('takes a frame written as JSON, and reports a wrong one to the device', async () => {
    const fixture = await broker();
    const secret = await fixture.addDevice('w');
    await publish(fixture, secret, topicOf('w', 'frames'), JSON.stringify(jsonFrameOf('w', 3)));
    const [frame] = await framesIn(fixture.journal);
    const decoded = decodeFrame(frame!.frame);
    expect(decoded.ok && decoded.frame).toMatchObject({ device: 'w', sequence: 3 });

    // publishes, and waits for an answer on the other topic, on one connection
    const { stdout } = await run('mosquitto_rr', [
      ...['-h', '127.0.0.1', '-p', String(fixture.port), '-V', 'mqttv311'],
      ...['-i', 'w', '-u', 'w', '-P', secret, '-q', '1', '-W', '10'],
      ...['-t', topicOf('w', 'frames'), '-e', topicOf('w', 'errors')],
      ...['-m', JSON.stringify({ ...jsonFrameOf('w', 4), battery: 2 })],
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      reason: 'bad-battery',
      message: 'battery must be from 0 to 1 (2)',
      count: 1,
    });
    expect(await framesIn(fixture.journal)).toHaveLength(1);
  });
});

/** A journal whose appends go through a function; everything else is the real one. */
function wrapped(journal: Journal, append: Journal['append']): Journal {
  return {
    partitions: journal.partitions,
    append,
    consume: (stream, options) => journal.consume(stream, options),
    read: (...args) => journal.read(...args),
    offsetAt: (...args) => journal.offsetAt(...args),
    bounds: (stream) => journal.bounds(stream),
    commit: (...args) => journal.commit(...args),
    checkpoint: (...args) => journal.checkpoint(...args),
    close: () => journal.close(),
  };
}

/** Another broker on the same data folder, as after a crash of the first. */
async function startBrokerBeside(fixture: BrokerFixture): Promise<BrokerFixture> {
  return startBroker({ folder: fixture.folder });
}

function vitalOf(name: string): VitalSigns {
  const model = { name: 'spectral', version: '1' };
  return {
    patient: `p-${name}`,
    origin: 'live',
    device: name,
    bootId: 'boot-1',
    window: 2,
    lane: 'live',
    endMonotonicUs: 12e6,
    endMs: 1_790_000_000_000,
    latencyMs: 12,
    heartRate: {
      bpm: 72,
      withheld: null,
      estimateBpm: 72,
      lowBpm: 70,
      highBpm: 75,
      secondOpinionBpm: 72,
      model,
    },
    quality: 0.9,
    activity: { class: 'rest', confidence: 0.9, cadencePerMinute: null, model },
    battery: 0.8,
    worn: true,
  };
}

function alarmOf(name: string, alarmId: string, signal: 'on' | 'off'): AlarmEvent {
  return {
    type: 'alarm',
    id: `${alarmId}-${signal}`,
    alarmId,
    patient: `p-${name}`,
    origin: 'live',
    rule: 'heart-rate-high',
    kind: 'physiological',
    priority: 'high',
    condition: signal === 'on' ? 'present' : 'absent',
    signal,
    change: signal === 'on' ? 'raised' : 'ended',
    atMs: 1_790_000_000_000,
    sinceMs: 1_790_000_000_000,
    text: 'HR 138 (131–144) above 120 for 15 s',
    valueBpm: 138,
    lowBpm: 131,
    highBpm: 144,
    limitBpm: 120,
    quality: 0.9,
    model: { name: 'spectral', version: '1' },
    acknowledgedBy: null,
    note: null,
  };
}
