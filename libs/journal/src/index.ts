export * from './journal.js';
export * from './journal-errors.js';
export {
  openSqliteJournal,
  openSqliteJournalToRead,
  type SqliteJournalOptions,
} from './sqlite/open-sqlite-journal.js';
export { backupSqliteJournal } from './sqlite/backup-sqlite-journal.js';
export { copyDatabase } from './sqlite/copy-database.js';
export type { JournalCounters, SqliteJournal } from './sqlite/sqlite-journal.js';
export type { StreamInfo } from './sqlite/stream-reader.js';
export type { StreamLimits } from './sqlite/stream-writer.js';
export { exportRange, type ExportRange, type ExportedRange } from './export/export-range.js';
export {
  createExportWriter,
  type ExportTotals,
  type ExportWriter,
  type NewExport,
} from './export/export-writer.js';
export { readExport, type ExportFile } from './export/read-export.js';
export { ExportFileError, type ExportFileFault } from './export/export-file-error.js';
export type { ExportHeader, ExportRecord } from './export/export-format.js';
