import { describe, expect, it } from '@jest/globals';
import { encodeFrame, topicOf } from '@app/contracts';
import type { IClientOptions } from 'mqtt';
import { BROKER_LIMITS } from '../../apps/station/src/broker/limits.js';
import { SettingError } from '../../apps/station/src/settings.js';
import { connectPacket, PINGREQ, publishPacket } from '../attack/mqtt-bytes.js';
import { RawClient } from '../attack/raw-client.js';
import { startBroker } from './broker-fixture.js';
import { broker, connected, device } from './broker-suite.js';
import { frameOf } from './frames.js';
import { linksIn } from './journal-inputs.js';
import { wrapped } from './wrapped-journal.js';

describe('sessions of the broker', () => {
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
    await fixture.until(async () => (await linksIn(fixture.journal)).length === 6);
    expect(await linksIn(fixture.journal)).toEqual([
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
    await fixture.until(
      async () =>
        (await fixture.journal.checkpoint('broker-links', 1))?.state.has('w') === true ||
        (await fixture.journal.checkpoint('broker-links', 0))?.state.has('w') === true,
    );
    const next = await startBroker({ folder: fixture.folder });
    expect((await linksIn(fixture.journal)).at(-1)).toBe('off station-restart');
    await next.stop();
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

  it('names the flag when its port is taken', async () => {
    const fixture = await broker();
    const second = startBroker({ port: fixture.port });
    await expect(second).rejects.toThrow(SettingError);
    await expect(second).rejects.toThrow(`--mqtt-port (VIGIL_MQTT_PORT) ${fixture.port} is in use`);
  });

  it('closes a connection that sends no CONNECT', async () => {
    const fixture = await broker();
    const client = await RawClient.open(fixture.port);
    client.send(connectPacket({ clientId: 'w' }).subarray(0, 5));
    const startMs = performance.now();
    expect(await client.closed(10_000)).toBe(true);
    expect(performance.now() - startMs).toBeGreaterThan(4_500);
    expect(await fixture.metric('vigil_mqtt_refused_total', { reason: 'connect-timeout' })).toBe(1);
  }, 20_000);

  it('closes a session that is silent for longer than it said', async () => {
    const fixture = await broker();
    const client = await RawClient.session(fixture.port, 'w', await fixture.addDevice('w'), 1);
    expect(await client.closed(10_000)).toBe(true);
    await fixture.until(async () => (await linksIn(fixture.journal)).length === 2);
    expect((await linksIn(fixture.journal)).at(-1)).toBe('off keep-alive');
  }, 20_000);

  it('reads no more of a connection than its publishes in flight, and answers the rest afterwards', async () => {
    let release = () => undefined as void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const fixture = await broker({
      origin: 'replay',
      wrapJournal: (journal) =>
        wrapped(journal, async (stream, records) => {
          const positions = await journal.append(stream, records);
          if (records[0]?.key === 'w') await held;
          return positions;
        }),
    });
    const client = await RawClient.session(fixture.port, 'w', await fixture.addDevice('w'));
    for (let i = 0; i < 100; i++) {
      const frame = encodeFrame(frameOf('w', i));
      client.send(publishPacket(topicOf('w', 'frames'), frame, { messageId: i + 1 }));
    }
    await fixture.until(
      async () => (await fixture.metric('vigil_mqtt_publishes_in_flight')) === 32,
    );
    // another device's round trip: what could be read of the first has been read
    const other = await RawClient.session(fixture.port, 'x', await fixture.addDevice('x'));
    other.send(publishPacket(topicOf('x', 'frames'), encodeFrame(frameOf('x'))));
    await other.received(1);
    expect(await fixture.metric('vigil_mqtt_publishes_in_flight')).toBe(32);
    expect(client.packets).toEqual([]);
    release();
    const answers = await client.received(100);
    expect(answers.map(({ body }) => body.readUInt16BE())).toEqual(
      Array.from({ length: 100 }, (_, i) => i + 1),
    );
    client.destroy();
    other.destroy();
  });

  it('reads packets no faster than their bound', async () => {
    const fixture = await broker();
    const client = await RawClient.session(fixture.port, 'w', await fixture.addDevice('w'));
    const startMs = performance.now();
    client.send(...Array.from({ length: 700 }, () => PINGREQ));
    await client.received(700);
    // 400 at once, then 200 per second
    expect(performance.now() - startMs).toBeGreaterThan(1_400);
    client.destroy();
  });

  it('bounds how often a device begins a session, over its connections', async () => {
    const fixture = await broker();
    const secret = await fixture.addDevice('w');
    const { sessionBurst } = BROKER_LIMITS;
    for (let i = 0; i < sessionBurst; i++)
      (await RawClient.session(fixture.port, 'w', secret)).destroy();
    await expect(RawClient.session(fixture.port, 'w', secret)).rejects.toThrow('w was refused');
    const reason = 'too-many-sessions';
    expect(await fixture.metric('vigil_mqtt_refused_total', { reason })).toBe(1);
    (await RawClient.session(fixture.port, 'x', await fixture.addDevice('x'))).destroy();
  });
});
