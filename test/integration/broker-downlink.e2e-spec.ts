import { describe, expect, it } from '@jest/globals';
import { encodeRecord, topicOf } from '@app/contracts';
import { subscribePacket } from '../attack/mqtt-bytes.js';
import { RawClient } from '../attack/raw-client.js';
import { broker, connected, device, message, newDevice } from './broker-suite.js';
import { alarmOf, vitalOf } from './broker-records.js';

describe('downlink of the broker', () => {
  it('gives a device its own results and nobody else’s, and the current state when it subscribes', async () => {
    const fixture = await broker();
    const [one, two] = [await newDevice(fixture, 'one'), await newDevice(fixture, 'two')];
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
    await fixture.until(async () => {
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

  it('drops vital signs that a device does not read, and closes its connection in the end', async () => {
    const fixture = await broker();
    const client = await RawClient.session(fixture.port, 'w', await fixture.addDevice('w'), 60);
    client.send(subscribePacket([[topicOf('w', 'vitals'), 0]]));
    await client.received(1);
    client.socket.pause();
    const value = encodeRecord({ type: 'vitals', vital: vitalOf('w') });
    const dropped = () => fixture.metric('vigil_downlink_dropped_total', { channel: 'vitals' });
    for (let i = 0; i < 100 && (await dropped()) === 0; i++)
      await fixture.journal.append(
        'ward',
        Array.from({ length: 1000 }, () => ({ key: 'p-w', value })),
      );
    expect(await dropped()).toBeGreaterThan(0);
    const ended = () => fixture.metric('vigil_mqtt_disconnects_total', { reason: 'slow-reader' });
    for (let i = 0; i < 200 && (await ended()) === 0; i++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await ended()).toBe(1);
    client.destroy();
  }, 60_000);

  it('closes the connection of a device that does not read its alarms: it gets them when it subscribes again', async () => {
    const fixture = await broker();
    const secret = await fixture.addDevice('w');
    const client = await RawClient.session(fixture.port, 'w', secret, 60);
    client.send(subscribePacket([[topicOf('w', 'alarms'), 1]]));
    await client.received(1);
    client.socket.pause();
    const value = encodeRecord(alarmOf('w', 'a1', 'on'));
    const ended = () => fixture.metric('vigil_mqtt_disconnects_total', { reason: 'slow-reader' });
    for (let i = 0; i < 100 && (await ended()) === 0; i++)
      await fixture.journal.append(
        'events',
        Array.from({ length: 1000 }, () => ({ key: 'p-w', value })),
      );
    await fixture.until(async () => (await ended()) === 1);
    client.destroy();

    const again = device(fixture, 'w', secret);
    await connected(again);
    const alarm = message(again, topicOf('w', 'alarms'));
    await again.subscribeAsync(topicOf('w', 'alarms'));
    expect(await alarm).toMatchObject({ alarmId: 'a1' });
  }, 60_000);
});
