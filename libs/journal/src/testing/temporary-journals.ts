import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteJournal, type SqliteJournal, type SqliteJournalOptions } from '../index.js';

/** Journals in temporary folders, closed and removed together. */
export class TemporaryJournals {
  readonly #journals: SqliteJournal[] = [];
  readonly #folders: string[] = [];

  async folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'vigil-journal-'));
    this.#folders.push(folder);
    return folder;
  }

  async open(options: Partial<SqliteJournalOptions> = {}): Promise<SqliteJournal> {
    const folder = options.folder ?? (await this.folder());
    const journal = await openSqliteJournal({ partitions: 4, ...options, folder });
    this.#journals.push(journal);
    return journal;
  }

  async cleanUp(): Promise<void> {
    await Promise.all(this.#journals.splice(0).map((journal) => journal.close()));
    await Promise.all(
      this.#folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })),
    );
  }
}
