import { describe, expect, it } from '@jest/globals';
import { decodeFrame, decodeInput, encodeFrame, topicOf } from '@app/contracts';
import { COMMAND_LINE } from '@app/registry';
import { broker, closed, connected, device, message, newDevice } from './broker-suite.js';
import { frameOf } from './frames.js';
import { framesIn } from './journal-inputs.js';
import { wrapped } from './wrapped-journal.js';

describe('frames through the broker', () => {
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
    const client = await newDevice(fixture, 'w');
    let acknowledged = false;
    const published = client
      .publishAsync(topicOf('w', 'frames'), Buffer.from(encodeFrame(frameOf('w'))), { qos: 1 })
      .then(() => (acknowledged = true));
    await fixture.until(() => appended);
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
    const ended = closed(client);
    let acknowledged = false;
    client.publish(
      topicOf('w', 'frames'),
      Buffer.from(encodeFrame(frameOf('w'))),
      { qos: 1 },
      (error) => (acknowledged = error === undefined || error === null),
    );
    await ended;
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
    const client = await newDevice(fixture, 'w');
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
    const ended = closed(client);
    for (let i = 0; i < 16; i++)
      await client.publishAsync(topicOf('w', 'frames'), 'hello', { qos: 1 });
    await ended;
    expect(await fixture.metric('vigil_frames_rejected_total', { reason: 'not-protobuf' })).toBe(
      17,
    );
    expect(await fixture.metric('vigil_frames_rejected_total')).toBe(21);
    expect(await fixture.metric('vigil_mqtt_disconnects_total', { reason: 'malformed' })).toBe(1);
  });

  it('slows a device that is over its rate, loses nothing of it, and tells it', async () => {
    const fixture = await broker();
    const client = await newDevice(fixture, 'w');
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
    const client = await newDevice(fixture, 'w');
    await fixture.registry.devices.remove(COMMAND_LINE, 'w');
    const ended = closed(client);
    client.publish(topicOf('w', 'frames'), Buffer.from(encodeFrame(frameOf('w'))), { qos: 1 });
    await ended;
    expect(await framesIn(fixture.journal)).toEqual([]);
    expect(await fixture.metric('vigil_mqtt_disconnects_total', { reason: 'removed' })).toBe(1);
  });
});
