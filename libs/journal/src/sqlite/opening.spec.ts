import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { JournalSetupError, openSqliteJournalToRead } from '../index.js';
import { beginning, collect, endless, fill, newRecord, textOf } from '../testing/records.js';
import { TemporaryJournals } from '../testing/temporary-journals.js';
import { segmentFile } from './segment-format.js';

// Threads, processes and a disk that others use too.
jest.setTimeout(60_000);

const journals = new TemporaryJournals();

afterEach(() => journals.cleanUp());

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
    const seen = collect(reading.consume('frames', { from: beginning(2), signal: endless() }), 1);
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
