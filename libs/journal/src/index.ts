export * from './journal.js';
export * from './journal-errors.js';
export {
  openSqliteJournal,
  openSqliteJournalToRead,
  type SqliteJournalOptions,
} from './sqlite/open-sqlite-journal.js';
export type { JournalCounters, SqliteJournal } from './sqlite/sqlite-journal.js';
export type { StreamInfo } from './sqlite/stream-reader.js';
export type { StreamLimits } from './sqlite/stream-writer.js';
