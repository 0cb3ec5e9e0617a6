import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JournalWriteError } from '../index.js';
import {
  beginning,
  collect,
  endless,
  fill,
  newRecord,
  numbers,
  segmentsIn,
  textOf,
} from '../testing/records.js';
import { TemporaryJournals } from '../testing/temporary-journals.js';
import { openDurable } from './database.js';
import { segmentFile } from './segment-format.js';
import { SegmentWriter } from './segment-writer.js';

// Threads, processes and a disk that others use too.
jest.setTimeout(60_000);

const journals = new TemporaryJournals();
const HOUR_MS = 3_600_000;

afterEach(() => journals.cleanUp());

describe('segments', () => {
  it('roll by size; offsets, order and reads run through', async () => {
    const journal = await journals.open({
      partitions: 1,
      retention: { frames: { segmentBytes: 50_000 } },
    });
    const seen = collect(journal.consume('frames', { from: beginning(), signal: endless() }), 100);
    await fill(journal, numbers(0, 100), 2000, 5);
    expect(segmentsIn(journal.folder).length).toBeGreaterThan(3);
    expect((await seen).map(({ offset }) => offset)).toEqual(numbers(0, 100).map(Number));
    const read = await journal.read('frames', 0, 17, 60);
    expect(read.map(({ offset }) => offset)).toEqual(numbers(17, 77).map(Number));
    const again = await collect(
      journal.consume('frames', { from: beginning(), signal: endless() }),
      100,
    );
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
        stream: 'frames' as const,
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
    const spec = { folder, stream: 'frames' as const, number: 1, partitions: 2 };
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
    const seen = await collect(both[0].consume('frames', { from, signal: endless() }), 5);
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
