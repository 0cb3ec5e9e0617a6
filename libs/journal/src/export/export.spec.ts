import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createWriteStream } from 'node:fs';
import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createExportWriter,
  exportRange,
  readExport,
  type ExportRange,
  type ExportRecord,
  type SqliteJournal,
} from '../index.js';
import { newRecord } from '../testing/records.js';
import { TemporaryJournals } from '../testing/temporary-journals.js';

// Threads, processes and a disk that others use too.
jest.setTimeout(60_000);

const journals = new TemporaryJournals();
let path: string;

beforeEach(async () => {
  path = join(await journals.folder(), 'range.vigil');
});
afterEach(() => journals.cleanUp());

const record = (i: number, bytes = 400): ExportRecord => ({
  partition: i % 3,
  offset: Math.floor(i / 3),
  key: `Gerät-${i % 5}`,
  appendMs: 1_790_000_000_000 + i,
  value: new Uint8Array(bytes).fill(i),
});

async function write(records: Iterable<ExportRecord>, metadata = {}): Promise<void> {
  const about = { stream: 'frames', origin: 'replay', metadata } as const;
  const writer = createExportWriter(createWriteStream(path), about);
  for (const each of records) await writer.write(each);
  await writer.end();
}

async function read(): Promise<ExportRecord[]> {
  const records: ExportRecord[] = [];
  for await (const each of (await readExport(path)).records) records.push(each);
  return records;
}

const some = (count: number) => Array.from({ length: count }, (_, i) => record(i));

describe('an export file', () => {
  it('gives back its header and its records', async () => {
    const records = [...some(50), record(50, 0), record(51, 300_000), record(52, 600_000)];
    await write(records, { source: 'bami-2', subject: 7 });
    const file = await readExport(path);
    expect(file.header).toEqual({
      format: 'vigil-export',
      version: 1,
      stream: 'frames',
      origin: 'replay',
      metadata: { source: 'bami-2', subject: 7 },
    });
    expect(await read()).toEqual(records);
  });

  it('may be left early and read again', async () => {
    await write(some(2000));
    const file = await readExport(path);
    for (let round = 0; round < 2; round++) {
      let count = 0;
      for await (const each of file.records) {
        expect(each.offset).toBe(Math.floor(count / 3));
        if (++count === 1500) break;
      }
    }
  });

  it('may hold no records', async () => {
    await write([]);
    expect(await read()).toEqual([]);
  });

  it('is refused when it is something else, or of another version', async () => {
    await expect(readExport(join(path, 'nowhere'))).rejects.toThrow(/ENO/);
    for (const other of [
      '',
      'x'.repeat(200_000),
      '{"format":"vigil-export"}\n',
      '[]\n',
      'null\n',
    ]) {
      await writeFile(path, other);
      await expect(readExport(path)).rejects.toMatchObject({ fault: 'no-export' });
    }
    await writeFile(path, '{"format":"vigil-export","version":2,"somethingNew":true}\n');
    await expect(readExport(path)).rejects.toThrow(/format 2; this program reads format 1/);
  });

  it('is noticed to be cut off, wherever that is', async () => {
    await write(some(5));
    const whole = await readFile(path);
    const start = whole.indexOf(10) + 1;
    for (let length = start; length < whole.length; length += 97) {
      await writeFile(path, whole.subarray(0, length));
      await expect(read()).rejects.toMatchObject({ fault: 'truncated' });
    }
    await writeFile(path, whole);
    await truncate(path, whole.length - 1);
    await expect(read()).rejects.toThrow(/cut off after 5 records/);
  });

  it('is noticed to be damaged, whichever byte it is', async () => {
    await write(some(5));
    const whole = await readFile(path);
    for (let at = whole.indexOf(10) + 1; at < whole.length; at += 13) {
      const bad = Buffer.from(whole);
      bad[at]! ^= 0x10;
      await writeFile(path, bad);
      await expect(read()).rejects.toMatchObject({
        name: 'ExportFileError',
        fault: expect.stringMatching(/corrupt|truncated/),
      });
    }
    await writeFile(
      path,
      Buffer.from(whole.toString('latin1').replace('replay', 'REPLAY'), 'latin1'),
    );
    await expect(read()).rejects.toMatchObject({ fault: 'no-export' });
    await writeFile(
      path,
      Buffer.from(whole.toString('latin1').replace('"replay"', '"live"'), 'latin1'),
    );
    await expect(read()).rejects.toThrow(/record 1 is damaged/);
    await writeFile(path, whole);
    await appendFile(path, 'x');
    await expect(read()).rejects.toThrow(/behind its end/);
  });

  it('tells when it cannot be written', async () => {
    path = join(path, 'no', 'such', 'folder');
    await expect(write(some(2000))).rejects.toThrow(/ENO/);
    await expect(write([])).rejects.toThrow(/ENO/);
  });
});

describe('exportRange', () => {
  let nowMs: number;
  let journal: SqliteJournal;

  beforeEach(async () => {
    nowMs = 1000;
    journal = await journals.open({
      clock: () => nowMs,
      retention: { frames: { segmentBytes: 40_000 } },
    });
    for (; nowMs < 3000; nowMs += 10) {
      const keys = Array.from({ length: 5 }, (_, i) => `device-${i}`);
      await journal.append(
        'frames',
        keys.map((key) => newRecord(key, `${nowMs} ${'x'.repeat(100)}`)),
      );
    }
  });

  const run = (range: Partial<ExportRange> = {}) =>
    exportRange(
      journal,
      { stream: 'frames', origin: 'simulated', fromMs: 0, toMs: Infinity, ...range },
      createWriteStream(path),
    );

  it('writes everything in the order of time, and of each partition', async () => {
    const progress: number[][] = [];
    const onProgress = (done: number, total: number) => progress.push([done, total]);
    const done = await run({ onProgress });
    expect(done).toMatchObject({ records: 1000, missing: 0 });
    expect(done.bytes).toBe((await readFile(path)).length);
    expect(progress.at(-1)).toEqual([1000, 1000]);
    const records = await read();
    expect(records.map(({ appendMs }) => appendMs)).toEqual(
      Array.from({ length: 1000 }, (_, i) => 1000 + 10 * Math.floor(i / 5)),
    );
    const next = new Map<number, number>();
    for (const { partition, offset } of records) {
      expect(offset).toBe(next.get(partition) ?? 0);
      next.set(partition, offset + 1);
    }
  });

  it('keeps to the range, the partitions and the keys', async () => {
    await run({ fromMs: 1500, toMs: 1600 });
    const times = (await read()).map(({ appendMs }) => appendMs);
    expect([times.length, times[0], times.at(-1)]).toEqual([50, 1500, 1590]);
    await run({ keys: new Set(['device-1', 'device-3']) });
    expect(new Set((await read()).map(({ key }) => key))).toEqual(
      new Set(['device-1', 'device-3']),
    );
    await run({ partitions: [2] });
    expect((await read()).every(({ partition }) => partition === 2)).toBe(true);
    expect(await run({ fromMs: 5000 })).toMatchObject({ records: 0 });
  });

  it('leaves out what is appended while it runs', async () => {
    const exporting = run({
      onProgress: () => void journal.append('frames', [newRecord('device-0', 'late')]),
    });
    expect(await exporting).toMatchObject({ records: 1000 });
  });
});
