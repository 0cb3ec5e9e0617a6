import { expect, it } from '@jest/globals';
import { decodeFrame, topicOf } from '@app/contracts';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { requirement } from '../requirements.js';
import type { BrokerFixture } from './broker-fixture.js';
import { broker } from './broker-suite.js';
import { jsonFrameOf } from './frames.js';
import { framesIn } from './journal-inputs.js';

const run = promisify(execFile);

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
