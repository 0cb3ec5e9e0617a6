import type { Origin } from '@app/contracts';
import { openSqliteJournalToRead, type SqliteJournal } from '@app/journal';
import { readDataFolder } from '@app/registry';
import { join } from 'node:path';

/** Runs an action on the journal of a data folder, opened to be read. Throws a clear error when there is none. */
export async function withJournal<T>(
  dataFolder: string,
  action: (journal: SqliteJournal, origin: Origin) => T | Promise<T>,
): Promise<T> {
  const { origin } = readDataFolder(dataFolder);
  const journal = await openSqliteJournalToRead(join(dataFolder, 'journal'));
  try {
    return await action(journal, origin);
  } finally {
    await journal.close();
  }
}
