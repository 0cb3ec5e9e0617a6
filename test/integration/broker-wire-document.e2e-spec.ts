import { describe, expect, it } from '@jest/globals';
import {
  decodeFrame,
  FRAME_REJECTIONS,
  topicOf,
  WIRE_LIMITS,
  type DeviceError,
} from '@app/contracts';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { file_vigil_v1_frame } from '../../libs/contracts/src/generated/vigil/v1/frame_pb.js';
import { CONNACK } from '../../apps/station/src/broker/connect-policy.js';
import { BROKER_LIMITS, rateOf } from '../../apps/station/src/broker/limits.js';
import { parseStatus } from '../../apps/station/src/broker/status.js';
import { requirement } from '../requirements.js';
import { alarmOf, vitalOf } from './broker-records.js';
import { broker, device, connected, message } from './broker-suite.js';
import { framesIn } from './journal-inputs.js';
import { example, jsonExample, numberIn, rows } from './wire-document.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('docs/wire.md', () => {
  it('shows a valid frame, the same as JSON and as protobuf', () => {
    const json = decodeFrame(bytesOf(example('json frame')));
    const binary = decodeFrame(Buffer.from(example('hex frame').replace(/\s/g, ''), 'hex'));
    expect(json.ok && json.frame).toMatchObject({ device: 'watch-7', sequence: 42, battery: 0.75 });
    expect(binary).toEqual(json);
  });

  it('shows valid status messages', () => {
    expect(parseStatus(bytesOf(example('json status')))).toMatchObject({
      ok: true,
      status: { state: 'online', waitingFrames: 120 },
    });
    expect(parseStatus(bytesOf(example('json will')))).toEqual({
      ok: true,
      status: { state: 'offline' },
    });
  });

  it('shows downlink messages of the form that the station sends', () => {
    expect(shapeOf(jsonExample('vitals'))).toEqual(shapeOf(vitalOf('watch-7')));
    expect(shapeOf(jsonExample('alarms'))).toEqual(shapeOf(alarmOf('watch-7', 'a', 'on')));
  });

  it.each(Object.entries(FRAME_REJECTIONS))('explains %s', (reason, meaning) => {
    expect(rows).toContainEqual([reason, meaning]);
  });

  it.each([
    'not-allowed',
    'bad-status',
    'slowed',
    'not-admitted',
    'not-placed',
  ] satisfies DeviceError['reason'][])('explains %s', (reason) =>
    expect(rows.map(([cell]) => cell)).toContain(reason),
  );

  it.each([...Object.entries(WIRE_LIMITS), ...Object.entries(BROKER_LIMITS)])(
    'gives the bound %s',
    (name, bound) => {
      const bounds = rows.filter(([cell]) => cell === name).map((row) => numberIn(row[1]));
      expect(bounds.filter(Number.isFinite)).toEqual([bound]);
    },
  );

  it('gives every enumeration by its name in JSON', () => {
    const inDocument = rows.flatMap(([, prefix = '', values = '']) =>
      /^[A-Z_]+_$/.test(prefix)
        ? values
            .replaceAll('`', '')
            .split(', ')
            .map((value) => prefix + value)
        : [],
    );
    const inSchema = file_vigil_v1_frame.enums.flatMap(({ values }) =>
      values.filter(({ number }) => number > 0).map(({ name }) => name),
    );
    expect(inDocument.toSorted()).toEqual(inSchema.toSorted());
  });

  it('gives the rates', () => {
    for (const [cell, rate] of [
      ['frames', rateOf('live', 'frames')],
      ['backfill', rateOf('live', 'backfill')],
      ['status, and what is not allowed', rateOf('live', 'status')],
      ['a recording that is replayed', rateOf('replay', 'frames')],
    ] as const) {
      const row = rows.find((cells) => cells[0] === cell);
      expect([cell, ...(row?.slice(1).map(numberIn) ?? [])]).toEqual([
        cell,
        ...Object.values(rate),
      ]);
    }
  });

  it('gives the return codes', () => {
    const codes = rows.map(([code]) => code);
    for (const code of [0, 1, ...Object.values(CONNACK)]) expect(codes).toContain(String(code));
  });
});

requirement('mosquitto_pub')('the quick start of docs/wire.md', () => {
  it('does what it says', async () => {
    const fixture = await broker();
    const secret = await fixture.addDevice('watch-7');
    const folder = mkdtempSync(join(tmpdir(), 'vigil-wire-'));
    const run = (command: string) =>
      promisify(execFile)('sh', ['-ec', command.replaceAll('-p 1883', `-p ${fixture.port}`)], {
        cwd: folder,
        env: { ...process.env, SECRET: secret },
      });
    try {
      writeFileSync(join(folder, 'frame.json'), example('json frame'));
      expect(await run(example('sh quickstart'))).toEqual({ stdout: '', stderr: '' });
      const [frame] = await framesIn(fixture.journal);
      expect(frame?.patient).toBe('p-watch-7');
      expect(JSON.parse((await run(example('sh errors'))).stdout)).toMatchObject({
        reason: 'unknown-schema',
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('shows an error as the broker sends it', async () => {
    const fixture = await broker();
    const client = device(fixture, 'watch-7', await fixture.addDevice('watch-7'));
    await connected(client);
    await client.subscribeAsync(topicOf('watch-7', 'errors'));
    const error = message(client, topicOf('watch-7', 'errors'));
    const frame = example('json frame').replace('"battery": 0.75', '"battery": 2');
    await client.publishAsync(topicOf('watch-7', 'frames'), frame, { qos: 1 });
    expect(await error).toEqual({
      ...(jsonExample('errors') as DeviceError),
      atMs: expect.any(Number),
    });
  });
});

/** Keys and types, at every depth. */
function shapeOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shapeOf(one)]));
}
