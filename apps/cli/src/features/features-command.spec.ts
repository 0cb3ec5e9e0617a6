import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { featuresCommand } from './features-command.js';

const RATE_HZ = 50;
const SECONDS = 20;

/** A recording file of a pulse of 75 on a still wrist, as training would write it. */
function recording(): Buffer {
  const length = RATE_HZ * SECONDS;
  const channel = (valueAt: (seconds: number) => number) =>
    Int32Array.from({ length }, (_, i) => Math.round(valueAt(i / RATE_HZ)));
  const light = [0, 1].map((c) =>
    channel((s) => 3000 + 200 * Math.sin(2 * Math.PI * 1.25 * s) + 20 * Math.sin(500 * s + c)),
  );
  const motion = [0, 1, 2].map((axis) => channel((s) => (axis === 2 ? 1000 : Math.sin(900 * s))));
  const block = { sampleRateHz: RATE_HZ, offset: 0, length };
  const header = Buffer.from(
    JSON.stringify({
      format: 'vigil-recording',
      version: 1,
      name: 'made-up',
      blocks: [
        { ...block, kind: 'ppg', unit: 'counts', scale: 1, channels: [525, 525] },
        {
          ...block,
          kind: 'accelerometer',
          unit: 'g',
          scale: 0.001,
          channels: ['x', 'y', 'z'],
        },
      ],
    }),
  );
  const size = Buffer.alloc(4);
  size.writeUInt32LE(header.length);
  return Buffer.concat([size, header, ...[...light, ...motion].map((s) => Buffer.from(s.buffer))]);
}

/** The arrays of a .features file. */
function arraysOf(path: string): Map<string, { shape: number[]; values: Float32Array }> {
  const bytes = readFileSync(path);
  let at = 4 + bytes.readUInt32LE(0);
  const { arrays } = JSON.parse(bytes.toString('utf8', 4, at)) as {
    arrays: { name: string; shape: number[] }[];
  };
  return new Map(
    arrays.map(({ name, shape }) => {
      const count = shape.reduce((product, length) => product * length, 1);
      const values = Float32Array.from({ length: count }, (_, i) => bytes.readFloatLE(at + 4 * i));
      at += 4 * count;
      return [name, { shape, values }];
    }),
  );
}

describe('vigil features', () => {
  let folder: string;
  const run = (...args: string[]) =>
    featuresCommand().exitOverride().parseAsync(args, { from: 'user' });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vigil-features-'));
    writeFileSync(join(folder, 'made-up.recording'), recording());
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('writes the inputs of every window, and the answers of the chain', async () => {
    await run(folder, join(folder, 'out'), '--answers', 'spectral');
    const arrays = arraysOf(join(folder, 'out', 'made-up.features'));
    expect(arrays.get('window')?.shape).toEqual([7, 9]);
    expect(arrays.get('heartRate')?.shape).toEqual([7, 7, 96]);
    expect(arrays.get('activity')?.shape).toEqual([7, 3, 125]);
    expect(arrays.get('motion')?.shape).toEqual([(RATE_HZ / 2) * SECONDS, 3]);
    const answer = arrays.get('answer');
    const columns = answer?.shape[1] ?? 0;
    expect(Math.abs((answer?.values[6 * columns] ?? NaN) - 75)).toBeLessThan(2);
  });

  it('names the file that is no recording', async () => {
    writeFileSync(join(folder, 'short.recording'), recording().subarray(0, 2000));
    await expect(run(join(folder, 'short.recording'), join(folder, 'out'))).rejects.toThrow(
      /short\.recording holds 2000 bytes; its header promises/,
    );
    writeFileSync(join(folder, 'other.recording'), 'something else');
    await expect(run(join(folder, 'other.recording'), join(folder, 'out'))).rejects.toThrow(
      /other\.recording is not a recording/,
    );
  });
});
