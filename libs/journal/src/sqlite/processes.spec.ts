import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { STREAM_NAMES, type Journal, type JournalRecord } from '../index.js';
import { AppendChild, type Acknowledged } from '../testing/append-child.js';
import { collect, textOf } from '../testing/records.js';
import { TemporaryJournals } from '../testing/temporary-journals.js';

// Threads, processes and a disk that others use too.
jest.setTimeout(60_000);

const PARTITIONS = 4;
const journals = new TemporaryJournals();
const children: AppendChild[] = [];

function child(...args: ConstructorParameters<typeof AppendChild>): AppendChild {
  const started = new AppendChild(...args);
  children.push(started);
  return started;
}

afterEach(async () => {
  await Promise.all(children.splice(0).map((each) => each.kill()));
  await journals.cleanUp();
});

/** Every record of the stream `frames`; fails when an offset is missing or doubled. */
async function everything(journal: Journal): Promise<JournalRecord[]> {
  const bounds = await journal.bounds('frames');
  const total = bounds.reduce((sum, { next }) => sum + next, 0);
  const from = new Map(bounds.map((_, partition) => [partition, 0]));
  const signal = new AbortController().signal;
  const records =
    total === 0 ? [] : await collect(journal.consume('frames', { from, signal }), total);
  const next = bounds.map(() => 0);
  for (const { partition, offset } of records) expect(offset).toBe(next[partition]!++);
  expect(next).toEqual(bounds.map((each) => each.next));
  return records;
}

function expectAll(records: JournalRecord[], acknowledged: Acknowledged[]): void {
  const byPlace = new Map(
    records.map((record) => [`${record.partition}:${record.offset}`, record]),
  );
  for (const { partition, offset, key, text } of acknowledged) {
    const record = byPlace.get(`${partition}:${offset}`);
    expect(record?.key).toBe(key);
    expect(record && textOf(record)).toBe(text);
  }
}

describe('several processes on one journal', () => {
  it('append at once, through many segments, without a gap or a double', async () => {
    const folder = await journals.folder();
    const both = ['one', 'two'].map((key) => child(folder, key, { count: 1500 }));
    await both[0]!.reaches(1);
    const journal = await journals.open({ folder, partitions: PARTITIONS });
    const from = new Map(Array.from({ length: PARTITIONS }, (_, p) => [p, 0]));
    const signal = new AbortController().signal;
    // Reads while both write and roll.
    const seen = await collect(journal.consume('frames', { from, signal }), 3000);
    await Promise.all(both.map((each) => each.finishes()));

    expect(journal.info().frames.segments).toBeGreaterThan(5);
    const records = await everything(journal);
    expect(seen).toHaveLength(3000);
    expect(new Set(records.map(({ key }) => key)).size).toBe(3000);
    for (const each of both) {
      expect(each.acknowledged).toHaveLength(1500);
      expectAll(records, each.acknowledged);
    }
  });

  it('keep every acknowledged append when one is killed in the middle', async () => {
    const folder = await journals.folder();
    const acknowledged: Acknowledged[] = [];
    const survivor = child(folder, 'survivor', { count: 1_000_000 });
    // Small segments, so that some of the kills hit a roll.
    for (const appends of [1, 40, 170, 333]) {
      const victim = child(folder, `victim-${appends}`, { count: 1_000_000, segmentBytes: 40_000 });
      await victim.reaches(appends);
      await victim.kill();
      acknowledged.push(...victim.acknowledged);
    }
    await survivor.reaches(survivor.acknowledged.length + 20);
    await survivor.kill();
    acknowledged.push(...survivor.acknowledged);

    const journal = await journals.open({ folder, partitions: PARTITIONS });
    expectAll(await everything(journal), acknowledged);
    // And it goes on.
    for (const stream of STREAM_NAMES) {
      const [position] = await journal.append(stream, [{ key: 'a', value: Uint8Array.of(1) }]);
      const bounds = await journal.bounds(stream);
      expect(bounds[position!.partition]!.next).toBe(position!.offset + 1);
    }
  });
});
