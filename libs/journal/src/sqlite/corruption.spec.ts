import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { JournalCorruptError, openSqliteJournalToRead } from '../index.js';
import { beginning, collect, endless, fill, numbers } from '../testing/records.js';
import { TemporaryJournals } from '../testing/temporary-journals.js';
import { segmentFile } from './segment-format.js';

// Threads, processes and a disk that others use too.
jest.setTimeout(60_000);

const journals = new TemporaryJournals();

afterEach(() => journals.cleanUp());

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
    const consuming = collect(
      journal.consume('frames', { from: beginning(), signal: endless() }),
      10,
    );
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

  it('names the segment when its last pages are garbage, and nothing can be appended', async () => {
    const journal = await damaged(() => {});
    const { folder } = journal;
    await fill(journal, numbers(10, 500), 100);
    await journal.close();
    overwriteEnd(join(folder, segmentFile('frames', 1)), 3 * PAGE_BYTES);
    await expect(journals.open({ folder, partitions: 1 })).rejects.toMatchObject({
      name: 'JournalCorruptError',
      place: { stream: 'frames', segment: 'frames-00000001.sqlite' },
    });
  });
});

describe('damaged checkpoints', () => {
  const saved = async () => {
    const journal = await journals.open({ partitions: 1 });
    const { folder } = journal;
    for (let device = 0; device < 50; device++) {
      const state = new Map([[`device-${device}`, new Uint8Array(2000).fill(device)]]);
      await journal.commit('processor', [{ partition: 0, offset: device, state }]);
    }
    await journal.close();
    return folder;
  };
  const stateChanged = (path: string) => {
    const database = new DatabaseSync(path);
    database.exec("UPDATE state SET value = x'010204' WHERE key = 'device-7'");
    database.close();
  };

  it.each([
    ['no database at all', (path: string) => writeFileSync(path, 'x'.repeat(5000))],
    ['garbage in the last pages', (path: string) => overwriteEnd(path, 5 * PAGE_BYTES)],
    ['a state that is not what was saved', stateChanged],
  ])('let every consumer start over, once: %s', async (_, damage) => {
    const folder = await saved();
    damage(join(folder, 'checkpoints.sqlite'));
    const told: string[] = [];
    const onDamage = (sentence: string) => void told.push(sentence);
    const again = await journals.open({ folder, partitions: 1, onDamage });
    expect(told).toEqual([
      expect.stringMatching(/checkpoints\.sqlite is damaged .*checkpoints-2\.sqlite/),
    ]);
    expect(await again.checkpoint('processor', 0)).toBeNull();
    await again.commit('processor', [{ partition: 0, offset: 3, state: new Map() }]);
    await again.close();

    const later = await journals.open({ folder, partitions: 1, onDamage });
    expect(await later.checkpoint('processor', 0)).toMatchObject({ offset: 3 });
    expect(told).toHaveLength(1);
  });

  it('found while running end the commit, so that no half of a state is saved', async () => {
    const folder = await saved();
    const journal = await journals.open({ folder, partitions: 1 });
    overwriteEnd(join(folder, 'checkpoints.sqlite'), 20 * PAGE_BYTES);
    const state = new Map(numbers(0, 50).map((i) => [`device-${i}`, new Uint8Array(2000)]));
    await expect(journal.commit('processor', [{ partition: 0, offset: 9, state }])).rejects.toThrow(
      /checkpoints\.sqlite is damaged/,
    );
  });
});

const PAGE_BYTES = 4096;

function overwriteEnd(path: string, bytes: number): void {
  const whole = readFileSync(path);
  writeFileSync(path, whole.fill(0xa5, Math.max(PAGE_BYTES, whole.length - bytes)));
}
