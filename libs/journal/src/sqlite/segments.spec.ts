import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  JournalCorruptError,
  JournalSetupError,
  JournalWriteError,
  openSqliteJournalToRead,
  type JournalRecord,
  type SqliteJournal,
} from '../index.js';
import { collect, newRecord, textOf } from '../testing/records.js';
import { TemporaryJournals } from '../testing/temporary-journals.js';
import { openDurable } from './database.js';
import { segmentFile } from './segment-format.js';
import { SegmentWriter } from './segment-writer.js';

// Threads, processes and a disk that others use too.
jest.setTimeout(60_000);

const journals = new TemporaryJournals();
const HOUR_MS = 3_600_000;

afterEach(() => journals.cleanUp());

const all = (partitions = 1) => new Map(Array.from({ length: partitions }, (_, p) => [p, 0]));
const signal = () => new AbortController().signal;
/** Appends the texts in order, `atOnce` to a commit. */
const fill = async (journal: SqliteJournal, texts: string[], padding = 0, atOnce = 1) => {
  for (let i = 0; i < texts.length; i += atOnce) {
    const records = texts
      .slice(i, i + atOnce)
      .map((text) => newRecord('a', text.padEnd(padding, '.')));
    await journal.append('frames', records);
  }
};
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `${from + i}`);
const segmentsIn = (folder: string) =>
  readdirSync(folder).filter((file) => /^frames-\d+\.sqlite$/.test(file));

describe('durability', () => {
  it('is FULL in WAL mode on the connections that write', async () => {
    const journal = await journals.open();
    const durable = { journalMode: 'wal', synchronous: 2 };
    for (const stream of ['frames', 'ward', 'events'] as const) {
      expect(await journal.durability(stream)).toEqual({ records: durable, checkpoints: durable });
    }
  });
});

describe('opening', () => {
  it('refuses another number of partitions, and says which it has', async () => {
    const { folder } = await journals.open({ partitions: 4 });
    await expect(journals.open({ folder, partitions: 8 })).rejects.toThrow(
      /made with 4 partitions and cannot be opened with 8/,
    );
    await expect(journals.open({ partitions: 0 })).rejects.toThrow(JournalSetupError);
  });

  it('gives one number of partitions to two that make it at once', async () => {
    const folder = await journals.folder();
    const opened = await Promise.allSettled([
      journals.open({ folder, partitions: 2 }),
      journals.open({ folder, partitions: 3 }),
    ]);
    expect(opened.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('to read changes nothing, and wants a journal to be there', async () => {
    const folder = await journals.folder();
    await expect(openSqliteJournalToRead(folder)).rejects.toThrow(/no journal in/);
    expect(readdirSync(folder)).toEqual([]);

    const writing = await journals.open({ folder, partitions: 2 });
    const reading = await openSqliteJournalToRead(folder);
    expect(reading.partitions).toBe(2);
    const seen = collect(reading.consume('frames', { from: all(2), signal: signal() }), 1);
    await fill(writing, ['0']);
    expect((await seen).map(textOf)).toEqual(['0']);
    await expect(reading.append('frames', [newRecord('a', 'a')])).rejects.toThrow(/to be read/);
    await expect(reading.commit('x', [])).rejects.toThrow(/to be read/);
    await reading.close();
  });

  it('refuses a segment of a later format', async () => {
    const journal = await journals.open();
    const { folder } = journal;
    await journal.close();
    const database = new DatabaseSync(join(folder, segmentFile('frames', 1)));
    database.exec('PRAGMA user_version = 2');
    database.close();
    await expect(journals.open({ folder })).rejects.toThrow(/format 2/);
  });
});

describe('segments', () => {
  it('roll by size; offsets, order and reads run through', async () => {
    const journal = await journals.open({
      partitions: 1,
      retention: { frames: { segmentBytes: 50_000 } },
    });
    const seen = collect(journal.consume('frames', { from: all(), signal: signal() }), 100);
    await fill(journal, numbers(0, 100), 2000, 5);
    expect(segmentsIn(journal.folder).length).toBeGreaterThan(3);
    expect((await seen).map(({ offset }) => offset)).toEqual(numbers(0, 100).map(Number));
    const read = await journal.read('frames', 0, 17, 60);
    expect(read.map(({ offset }) => offset)).toEqual(numbers(17, 77).map(Number));
    const again = await collect(journal.consume('frames', { from: all(), signal: signal() }), 100);
    expect(again.map((record) => parseInt(textOf(record), 10))).toEqual(
      numbers(0, 100).map(Number),
    );
    expect(journal.info().frames).toMatchObject({
      records: 100,
      segments: segmentsIn(journal.folder).length,
    });
  });

  it('roll by age, and a time is found in whichever segment', async () => {
    let nowMs = 1_000_000;
    const clock = () => nowMs;
    const retention = { frames: { segmentAgeMs: HOUR_MS } };
    const journal = await journals.open({ partitions: 1, clock, retention });
    for (const text of numbers(0, 8)) {
      await fill(journal, [text]);
      nowMs += HOUR_MS / 2;
    }
    expect(segmentsIn(journal.folder)).toHaveLength(4);
    for (let i = 0; i < 8; i++) {
      expect(await journal.offsetAt('frames', 0, 1_000_000 + (i * HOUR_MS) / 2)).toBe(i);
      expect(await journal.offsetAt('frames', 0, 1_000_001 + (i * HOUR_MS) / 2)).toBe(i + 1);
    }
    expect(journal.info().frames).toMatchObject({
      records: 8,
      oldestMs: 1_000_000,
      newestMs: 1_000_000 + 3.5 * HOUR_MS,
    });
  });

  /** Where a process can die while it rolls, and what it leaves. */
  const deaths: Record<string, (folder: string) => void> = {
    'the old segment is sealed': () => {},
    'the file of the next is there': (folder) =>
      writeFileSync(join(folder, segmentFile('frames', 2)), ''),
    'the next is in WAL mode but has no tables': (folder) =>
      openDurable(join(folder, segmentFile('frames', 2))).close(),
    'the next is finished': (folder) => {
      const [one, two] = [1, 2].map((number) => ({
        folder,
        stream: 'frames',
        number,
        partitions: 2,
      }));
      const old = new SegmentWriter(one!, 0, () => []);
      new SegmentWriter(two!, 0, () => old.seal(0)).close();
      old.close();
    },
  };

  it.each(Object.keys(deaths))('survive a death after %s', async (name) => {
    const options = { partitions: 2, clock: () => 5000 };
    const before = await journals.open(options);
    const { folder } = before;
    await fill(before, ['0', '1']);
    const [{ partition } = { partition: -1 }] = await before.append('frames', [
      newRecord('a', '2'),
    ]);
    await before.close();
    const spec = { folder, stream: 'frames', number: 1, partitions: 2 };
    const segment = new SegmentWriter(spec, 0, () => []);
    segment.seal(6000);
    segment.close();
    deaths[name]!(folder);

    // Whoever comes next finishes it; here two at once.
    const both = await Promise.all([
      journals.open({ ...options, folder }),
      journals.open({ ...options, folder }),
    ]);
    const positions = await Promise.all(
      both.map((journal) => journal.append('frames', [newRecord('a', 'new')])),
    );
    expect(
      positions
        .flat()
        .map(({ offset }) => offset)
        .toSorted((a, b) => a - b),
    ).toEqual([3, 4]);
    expect(segmentsIn(folder)).toHaveLength(2);
    const from = new Map([[partition, 0]]);
    const seen = await collect(both[0].consume('frames', { from, signal: signal() }), 5);
    expect(seen.map(textOf)).toEqual(['0', '1', '2', 'new', 'new']);
    expect(seen.map(({ appendMs }) => appendMs)).toEqual([5000, 5000, 5000, 5000, 5000]);
  });

  it('tell a failing disk, and go on when it is well again', async () => {
    const journal = await journals.open({
      partitions: 1,
      retention: { frames: { segmentBytes: 30_000 } },
    });
    const obstacle = join(journal.folder, segmentFile('frames', 2));
    mkdirSync(obstacle);
    const failure = await fill(journal, numbers(0, 50), 2000).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(JournalWriteError);
    await expect(journal.append('frames', [newRecord('a', 'a')])).rejects.toThrow(
      JournalWriteError,
    );
    // Another stream does not care.
    await journal.append('ward', [newRecord('a', 'a')]);
    rmdirSync(obstacle);
    const acknowledged = journal.counters().frames.appended;
    expect(await journal.append('frames', [newRecord('a', 'a')])).toEqual([
      { partition: 0, offset: acknowledged },
    ]);
  });
});

const openSmall = (
  clock: () => number,
  { folder, ...frames }: { folder?: string; maxBytes?: number; maxAgeMs?: number },
) =>
  journals.open({
    partitions: 1,
    clock,
    retention: { frames: { segmentBytes: 30_000, ...frames } },
    ...(folder !== undefined && { folder }),
  });

describe('retention', () => {
  it('drops whole segments above the total size, oldest first, never the newest', async () => {
    const journal = await openSmall(() => 0, { maxBytes: 240_000 });
    await fill(journal, numbers(0, 300), 2000, 5);
    await journal.retain();
    const info = journal.info().frames;
    expect(info.bytes).toBeLessThan(300_000);
    expect(info.records).toBeGreaterThan(20);
    const [bounds] = await journal.bounds('frames');
    expect(bounds).toEqual({ oldest: 300 - info.records, next: 300 });
    const counters = journal.counters().frames;
    expect(counters.droppedRecords).toBe(300 - info.records);
    expect(counters.droppedSegments).toBeGreaterThan(5);
    const [first] = await journal.read('frames', 0, 0, 1);
    expect(first!.offset).toBe(bounds!.oldest);
  });

  it('drops what is too old, also when nothing comes any more', async () => {
    let nowMs = 0;
    const journal = await openSmall(() => nowMs, { maxAgeMs: 8 * HOUR_MS });
    await fill(journal, numbers(0, 3));
    nowMs = 7 * HOUR_MS;
    await journal.retain();
    await fill(journal, ['3']);
    expect(journal.info().frames.records).toBe(4);
    nowMs = 9 * HOUR_MS;
    await journal.retain();
    expect(journal.info().frames.records).toBe(1);
    nowMs = 16 * HOUR_MS;
    await journal.retain();
    expect(journal.info().frames.records).toBe(0);
    expect(await journal.bounds('frames')).toEqual([{ oldest: 4, next: 4 }]);
    expect(await journal.append('frames', [newRecord('a', '4')])).toEqual([
      { partition: 0, offset: 4 },
    ]);
  });

  it('clears away what a removal that was cut short has left, and reads nothing of it', async () => {
    let nowMs = 0;
    const journal = await openSmall(() => nowMs, { maxAgeMs: 8 * HOUR_MS });
    for (let i = 0; i < 3; i++, nowMs += 2 * HOUR_MS) await fill(journal, [`${i}`]);
    expect(segmentsIn(journal.folder)).toHaveLength(3);
    // The middle one gone, the first one back, and the log of one that was before it.
    await journal.close();
    rmSync(join(journal.folder, segmentFile('frames', 2)));
    writeFileSync(join(journal.folder, `${segmentFile('frames', 0)}-wal`), 'x');
    const reading = await openSqliteJournalToRead(journal.folder);
    expect(await reading.bounds('frames')).toEqual([{ oldest: 2, next: 3 }]);
    await reading.close();
    await openSmall(() => nowMs, { folder: journal.folder });
    expect(readdirSync(journal.folder).filter((file) => /frames-0+[012]\./.test(file))).toEqual([]);
  });

  it('lets a consumer that it has overtaken go on at the oldest record, and counts', async () => {
    let nowMs = 0;
    const journal = await openSmall(() => nowMs, { maxAgeMs: 8 * HOUR_MS });
    const batches = journal.consume('frames', { from: all(), signal: signal(), maxRecords: 2 });
    const running = batches[Symbol.asyncIterator]();
    await fill(journal, numbers(0, 5));
    const seen: JournalRecord[] = (await running.next()).value ?? [];
    for (let i = 0; i < 4; i++) {
      nowMs += 4 * HOUR_MS;
      await fill(journal, numbers(5 + 2 * i, 7 + 2 * i));
      await journal.retain();
    }
    const [{ oldest } = { oldest: -1 }] = await journal.bounds('frames');
    expect(oldest).toBeGreaterThan(5);
    while (seen.at(-1)!.offset < 12) seen.push(...(await running.next()).value!);
    // It still holds the segment that it was reading; what follows begins at the oldest kept.
    expect(seen.map(({ offset }) => offset)).toEqual(
      [...numbers(0, 5), ...numbers(oldest, 13)].map(Number),
    );
    expect(journal.counters().frames.skipped).toBe(oldest - 5);

    const late = await collect(journal.consume('frames', { from: all(), signal: signal() }), 1);
    expect(late[0]!.offset).toBe(oldest);
    expect(journal.counters().frames.skipped).toBe(oldest - 5 + oldest);
  });
});

const damaged = async (damage: (database: DatabaseSync) => void) => {
  const journal = await journals.open({ partitions: 1 });
  const { folder } = journal;
  await fill(journal, numbers(0, 10), 100);
  await journal.close();
  const database = new DatabaseSync(join(folder, segmentFile('frames', 1)));
  damage(database);
  database.close();
  return journals.open({ folder, partitions: 1 });
};
const change = (sql: string) => (database: DatabaseSync) => database.exec(sql);

describe('corruption', () => {
  const place = { stream: 'frames', partition: 0, offset: 6, segment: 'frames-00000001.sqlite' };

  it.each([
    ['a value', "UPDATE record SET value = x'00' WHERE offset = 6"],
    ['a key', "UPDATE record SET key = 'b' WHERE offset = 6"],
    ['a time', 'UPDATE record SET append_ms = append_ms + 1 WHERE offset = 6'],
    ['a missing record', 'DELETE FROM record WHERE offset = 6'],
  ])('is found in %s and named', async (_, sql) => {
    const journal = await damaged(change(sql));
    const consuming = collect(journal.consume('frames', { from: all(), signal: signal() }), 10);
    await expect(consuming).rejects.toMatchObject({ name: 'JournalCorruptError', place });
    await expect(journal.read('frames', 0, 0, 10)).rejects.toThrow(
      /stream frames, partition 0, offset 6, segment frames-00000001\.sqlite/,
    );
    expect(await journal.read('frames', 0, 0, 6)).toHaveLength(6);
  });

  it('is found when two records have changed places', async () => {
    const journal = await damaged(
      change(`
        UPDATE record SET offset = 100 WHERE offset = 6;
        UPDATE record SET offset = 6 WHERE offset = 7;
        UPDATE record SET offset = 7 WHERE offset = 100;
      `),
    );
    await expect(journal.read('frames', 0, 6, 1)).rejects.toThrow(JournalCorruptError);
  });

  it('is found in one flipped bit on the disk', async () => {
    const journal = await damaged(() => {});
    const { folder } = journal;
    await journal.close();
    const path = join(folder, segmentFile('frames', 1));
    const bytes = readFileSync(path);
    bytes[bytes.indexOf('6......')]! ^= 1;
    writeFileSync(path, bytes);
    const again = await journals.open({ folder, partitions: 1 });
    await expect(again.read('frames', 0, 6, 1)).rejects.toMatchObject({ place });
  });

  it('is told when a segment is no database at all', async () => {
    const journal = await damaged(() => {});
    const { folder } = journal;
    await journal.close();
    writeFileSync(join(folder, segmentFile('frames', 1)), 'x'.repeat(5000));
    await expect(journals.open({ folder, partitions: 1 })).rejects.toThrow(/not a database/);
    const reading = await openSqliteJournalToRead(folder);
    await expect(reading.read('frames', 0, 0, 1)).rejects.toThrow(JournalCorruptError);
    await reading.close();
  });

  it('is found in the state of a checkpoint', async () => {
    const journal = await journals.open({ partitions: 1 });
    const { folder } = journal;
    const state = new Map([['device-1', Uint8Array.of(1, 2, 3)]]);
    await journal.commit('processor', [{ partition: 0, offset: 3, state }]);
    await journal.close();
    const database = new DatabaseSync(join(folder, 'checkpoints.sqlite'));
    database.exec("UPDATE state SET value = x'010204'");
    database.close();
    const again = await journals.open({ folder, partitions: 1 });
    await expect(again.checkpoint('processor', 0)).rejects.toThrow(/processor.*device-1/);
  });
});
