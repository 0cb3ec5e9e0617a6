import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteJournalToRead, type JournalRecord } from '../index.js';
import {
  beginning,
  collect,
  endless,
  fill,
  newRecord,
  numbers,
  segmentsIn,
} from '../testing/records.js';
import { TemporaryJournals } from '../testing/temporary-journals.js';
import { segmentFile } from './segment-format.js';

// Threads, processes and a disk that others use too.
jest.setTimeout(60_000);

const journals = new TemporaryJournals();
const HOUR_MS = 3_600_000;

afterEach(() => journals.cleanUp());

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
    const batches = journal.consume('frames', {
      from: beginning(),
      signal: endless(),
      maxRecords: 2,
    });
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

    const late = await collect(
      journal.consume('frames', { from: beginning(), signal: endless() }),
      1,
    );
    expect(late[0]!.offset).toBe(oldest);
    expect(journal.counters().frames.skipped).toBe(oldest - 5 + oldest);
  });
});
