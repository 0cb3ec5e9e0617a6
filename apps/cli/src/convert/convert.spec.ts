import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeFrame, decodeInput, type Frame } from '@app/contracts';
import { readExport } from '@app/journal';
import { bamiRecordings } from './bami-recordings.js';
import { spcRecordings } from './spc-recordings.js';
import { writeRecording } from './write-recording.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-convert-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const DOUBLE = { class: 6, type: 9, bytes: 8 };

/** A minimal Level 5 MAT-file of double matrices. */
function matFile(matrices: Record<string, number[][]>): Buffer {
  const header = Buffer.alloc(128, ' ');
  header.writeUInt16LE(0x0100, 124);
  header.writeUInt16LE(0x4d49, 126);
  return Buffer.concat([
    header,
    ...Object.entries(matrices).map(([name, rows]) => matrix(name, rows)),
  ]);
}

function matrix(name: string, rows: number[][]): Buffer {
  const columns = rows[0]!.length;
  const values = Buffer.alloc(rows.length * columns * DOUBLE.bytes);
  for (let c = 0; c < columns; c++) {
    rows.forEach((row, r) => values.writeDoubleLE(row[c]!, (c * rows.length + r) * DOUBLE.bytes));
  }
  return element(
    14,
    Buffer.concat([
      element(6, words(DOUBLE.class, 0)),
      element(5, words(rows.length, columns)),
      element(1, Buffer.from(name)),
      element(DOUBLE.type, values),
    ]),
  );
}

const words = (...numbers: number[]) => Buffer.from(Uint32Array.from(numbers).buffer);

function element(type: number, data: Buffer): Buffer {
  const tag = Buffer.from(Uint32Array.of(type, data.length).buffer);
  return Buffer.concat([tag, data, Buffer.alloc((8 - (data.length % 8)) % 8)]);
}

const ramp = (length: number, from: number, step: number) =>
  Array.from({ length }, (_, i) => from + step * i);

async function framesIn(path: string): Promise<Frame[]> {
  const { header, records } = await readExport(path);
  expect(header).toMatchObject({ stream: 'frames', origin: 'replay' });
  const frames: Frame[] = [];
  for await (const { value, key } of records) {
    const record = decodeInput(value);
    if (record.type !== 'frame') throw new Error('not a frame');
    const decoded = decodeFrame(record.frame);
    if (!decoded.ok) throw new Error(decoded.reason);
    expect(decoded.frame.device).toBe(key);
    frames.push(decoded.frame);
  }
  return frames;
}

describe('spcRecordings', () => {
  const samples = 1250;
  const light = [ramp(samples, -10, 0.5), ramp(samples, 3, 0.5)];
  const acceleration = [0, 1, 2].map((axis) => ramp(samples, 0, 0.0078 * (axis + 1)));

  it.each([
    ['DATA_01_TYPE01', 'DATA_01_TYPE01_BPMtrace', true],
    ['DATA_S04_T01', 'BPM_S04_T01', true],
    ['TEST_S08_T01', 'True_S08_T01', false],
  ])('reads %s with its labels, without an ECG', async (name, labels, hasEcg) => {
    const rows = [...(hasEcg ? [ramp(samples, 0.123, 0.456)] : []), ...light, ...acceleration];
    writeFileSync(join(folder, `${name}.mat`), matFile({ sig: rows }));
    writeFileSync(join(folder, `${labels}.mat`), matFile({ BPM0: [[70.5], [71]] }));
    const [recording, ...rest] = spcRecordings(folder).map(({ read }) => read());
    expect(rest).toEqual([]);
    const { path } = await writeRecording(folder, recording!);
    expect(path).toBe(join(folder, `spc-${name}.vigil`));
    expect(recording!.reference.windows).toEqual([
      { window: 0, bpm: 70.5 },
      { window: 1, bpm: 71 },
    ]);
    const frames = await framesIn(path);
    expect(frames).toHaveLength(10);
    const physical = (block: number, channel: number) =>
      frames.flatMap((frame) => {
        const { scale, channels } = frame.blocks[block]!;
        return Array.from(channels[channel]!.samples, (value) => value * scale);
      });
    expect(physical(0, 0)).toEqual(light[0]);
    expect(physical(0, 1)).toEqual(light[1]);
    physical(1, 2).forEach((value, i) => expect(value).toBeCloseTo(acceleration[2]![i]!, 9));
  });

  it('names a recording without labels, and a folder without recordings', () => {
    expect(() => spcRecordings(folder)).toThrow('holds no DATA_');
    writeFileSync(join(folder, 'TEST_S08_T01.mat'), matFile({ sig: [...light, ...acceleration] }));
    expect(() => spcRecordings(folder)[0]!.read()).toThrow('no labels for TEST_S08_T01');
  });
});

describe('bamiRecordings', () => {
  it('brings acceleration to g and drops the labels that are half the true rate', () => {
    const write = (part: string, name: string) => {
      mkdirSync(join(folder, part), { recursive: true });
      writeFileSync(
        join(folder, part, `${name}.mat`),
        matFile({
          rawPPG: [0, 1, 2].map(() => ramp(500, 0, 1)),
          rawAcc: [0, 1, 2].map((axis) => ramp(500, 32768 + 4150 * axis, 0)),
          bpm_ecg: [[45], [90], [91]],
        }),
      );
    };
    write('BAMI-1', 'BAMI1_7');
    write('BAMI-2', 'BAMI2_12');
    write('BAMI-2', 'BAMI2_7');
    const recordings = bamiRecordings(folder).map(({ read }) => read());
    expect(recordings.map((one) => one.device)).toEqual([
      'bami-BAMI1_7',
      'bami-BAMI2_7',
      'bami-BAMI2_12',
    ]);
    expect(recordings.map((one) => one.reference.windows[0]!.window)).toEqual([0, 1, 1]);
    const { scale, channels } = recordings[0]!.blocks[1]!;
    expect(channels.map((channel) => channel.samples[0]! * scale)).toEqual([0, 1, 2]);
  });
});
