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
  /** Flags of every client: where to connect, and as whom. */
  const as = (fixture: BrokerFixture, secret: string) =>
    `-h 127.0.0.1 -p ${fixture.port} -i w -u w -P ${secret} -q 1`.split(' ');

  it('takes a frame written as JSON, and reports a wrong one to the device', async () => {
    const fixture = await broker();
    const secret = await fixture.addDevice('w');
    const topic = topicOf('w', 'frames');
    const sent = JSON.stringify(jsonFrameOf('w', 3));
    await run('mosquitto_pub', [...as(fixture, secret), '-t', topic, '-m', sent]);
    const [frame] = await framesIn(fixture.journal);
    const decoded = decodeFrame(frame!.frame);
    expect(decoded.ok && decoded.frame).toMatchObject({ device: 'w', sequence: 3 });

    // publishes, and waits for an answer on the other topic, on one connection
    const wrong = JSON.stringify({ ...jsonFrameOf('w', 4), battery: 2 });
    const answer = ['-V', 'mqttv311', '-W', '10', '-e', topicOf('w', 'errors')];
    const { stdout } = await run('mosquitto_rr', [
      ...as(fixture, secret),
      ...answer,
      '-t',
      topic,
      '-m',
      wrong,
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      reason: 'bad-battery',
      message: 'battery must be from 0 to 1 (2)',
      count: 1,
    });
    expect(await framesIn(fixture.journal)).toHaveLength(1);
  });

  it.each(['0', '2'])('takes a frame with QoS %s, and ignores its retain flag', async (qos) => {
    const fixture = await broker();
    const secret = await fixture.addDevice('w');
    const frame = JSON.stringify(jsonFrameOf('w'));
    // of a flag that is given twice mosquitto_pub takes the last
    const publish = [...as(fixture, secret), '-q', qos, '-r', '-t', topicOf('w', 'frames')];
    await run('mosquitto_pub', [...publish, '-m', frame]);
    await fixture.until(async () => (await framesIn(fixture.journal)).length === 1);
    // The count follows the append, which the journal's readers may see first.
    await fixture.until(async () => (await fixture.metric('vigil_frames_accepted_total')) === 1);
    expect(await fixture.metric('vigil_frames_rejected_total')).toBe(0);
  });
});
