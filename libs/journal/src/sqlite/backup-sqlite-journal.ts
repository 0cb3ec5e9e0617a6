import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { STREAM_NAMES } from '../journal.js';
import { checkpointFile } from './checkpoint-file.js';
import { copyDatabase } from './copy-database.js';
import { ROOT_FILE } from './journal-root.js';
import { segmentFile } from './segment-format.js';
import { segmentNumbers } from './segment-folder.js';

/**
 * Copies a journal that is in use into an empty folder. The checkpoints come first: records that are in the copy and
 * were not yet worked on are worked on again after a restore, as after a crash. What retention removes meanwhile is missing
 * at the old end.
 * @throws an Error of SQLite or the file system.
 */
export function backupSqliteJournal(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  const checkpoints = checkpointFile(from);
  copyDatabase(checkpoints, join(to, checkpoints.slice(from.length + 1)));
  copyDatabase(join(from, ROOT_FILE), join(to, ROOT_FILE));
  for (const stream of STREAM_NAMES) copyStream(stream, from, to);
}

function copyStream(stream: string, from: string, to: string): void {
  const copy = (number: number): SegmentCopy => {
    const name = segmentFile(stream, number);
    return copyDatabase(join(from, name), join(to, name)) ? stateOf(join(to, name)) : 'none';
  };
  // newest first: a segment that is sealed while older ones are copied has no part of its successor
  let numbers: number[];
  let newest: number | undefined;
  let state: SegmentCopy;
  do {
    numbers = segmentNumbers(from, stream);
    newest = numbers.at(-1);
    if (newest === undefined) return;
    state = copy(newest);
  } while (state === 'none');
  while (state === 'sealed') state = copy(++newest);
  for (const number of numbers.slice(0, -1).toReversed()) {
    // retention has dropped it, and so all before it
    if (copy(number) === 'none') return;
  }
}

/** `none`: there was no such segment, or it is only just being made. */
type SegmentCopy = 'open' | 'sealed' | 'none';

/** A copy that was sealed has a successor: the stream went on while it was copied. */
function stateOf(file: string): SegmentCopy {
  const database = new DatabaseSync(file, { readOnly: true });
  let state: SegmentCopy = 'none';
  try {
    const made = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'segment'").get();
    const row =
      made === undefined ? undefined : database.prepare('SELECT sealed_ms FROM segment').get();
    if (row !== undefined) state = row['sealed_ms'] === null ? 'open' : 'sealed';
  } finally {
    database.close();
  }
  if (state === 'none') rmSync(file);
  return state;
}
