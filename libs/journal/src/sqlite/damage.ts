import { JournalCorruptError } from '../journal-errors.js';
import type { StreamName } from '../journal.js';
import { SQLITE_CORRUPT, SQLITE_NOTADB, resultCode } from './sqlite-values.js';

/** Whether SQLite says that a file is damaged, or was never a database. */
export function isDamage(error: unknown): boolean {
  return [SQLITE_CORRUPT, SQLITE_NOTADB].includes(resultCode(error));
}

/** SQLite found the damage before a checksum could: the error then names the segment. Any other error as it is. */
export function segmentError(error: unknown, stream: StreamName, segment: string): unknown {
  if (!isDamage(error)) return error;
  const what = error instanceof Error ? error.message : String(error);
  return new JournalCorruptError(what, { stream, segment }, error);
}
