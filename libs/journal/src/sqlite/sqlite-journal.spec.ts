import { jest } from '@jest/globals';
import type { Journal } from '../index.js';
import { describeJournalContract } from '../testing/journal-contract.js';
import { TemporaryJournals } from '../testing/temporary-journals.js';
import { SqliteJournal } from './sqlite-journal.js';

// Every test starts threads and waits for a disk that others use too.
jest.setTimeout(60_000);

const journals = new TemporaryJournals();
const clocks = new WeakMap<Journal, () => number>();

const again = async (journal: Journal) => {
  if (!(journal instanceof SqliteJournal)) throw new Error('not from this factory');
  const { folder, partitions } = journal;
  const clock = clocks.get(journal);
  const opened = await journals.open({ folder, partitions, ...(clock && { clock }) });
  if (clock) clocks.set(opened, clock);
  return opened;
};

describeJournalContract('SQLite', {
  create: async ({ partitions, clock, queueRecords }) => {
    const queue = queueRecords === undefined ? {} : { records: queueRecords };
    const journal = await journals.open({ partitions, clock, queue });
    clocks.set(journal, clock);
    return journal;
  },
  reopen: async (journal) => {
    await journal.close();
    return again(journal);
  },
  second: again,
  cleanUp: () => journals.cleanUp(),
});
