import type { Writable } from 'node:stream';
import type { Journal, JournalRecord, StreamName } from '../journal.js';
import { createExportWriter, type ExportTotals, type NewExport } from './export-writer.js';

/** Records of one partition in memory. */
const READ_RECORDS = 128;

export interface ExportRange extends NewExport {
  /** All of them when left out. */
  partitions?: readonly number[];
  /** Only records of these keys. */
  keys?: ReadonlySet<string>;
  /** Append time, ms since 1970: from `fromMs` on, before `toMs`. */
  fromMs: number;
  toMs: number;
  /** Called after every batch with the records passed over so far, those of other keys included. */
  onProgress?: (done: number, total: number) => void;
}

export interface ExportedRange extends ExportTotals {
  /** Records that retention dropped while they were waiting their turn. */
  missing: number;
}

/** Writes a range of a stream to a `*.vigil` file, all partitions merged by time. What is appended meanwhile stays out. */
export async function exportRange(
  journal: Journal,
  range: ExportRange,
  target: Writable,
): Promise<ExportedRange> {
  const writer = createExportWriter(target, range);
  const cursors = await cursorsOf(journal, range);
  const total = cursors.reduce((sum, cursor) => sum + cursor.left, 0);
  let passed = 0;
  for (;;) {
    let earliest: Cursor | null = null;
    for (const cursor of cursors) {
      if (cursor.isEmpty) {
        if (!(await cursor.fill())) continue;
        range.onProgress?.(passed, total);
      }
      if (earliest === null || cursor.head.appendMs < earliest.head.appendMs) earliest = cursor;
    }
    if (earliest === null) break;
    const record = earliest.take();
    passed++;
    if (range.keys === undefined || range.keys.has(record.key)) await writer.write(record);
  }
  range.onProgress?.(total, total);
  const missing = cursors.reduce((sum, cursor) => sum + cursor.missing, 0);
  return { ...(await writer.end()), missing };
}

async function cursorsOf(journal: Journal, range: ExportRange): Promise<Cursor[]> {
  const { stream, fromMs, toMs } = range;
  const all = Array.from({ length: journal.partitions }, (_, partition) => partition);
  const cursors: Cursor[] = [];
  for (const partition of range.partitions ?? all) {
    const from = await journal.offsetAt(stream, partition, fromMs);
    const to = await journal.offsetAt(stream, partition, toMs);
    if (from < to) cursors.push(new Cursor(journal, stream, partition, from, to));
  }
  return cursors;
}

/** A partition's records of the range, a few at a time. */
class Cursor {
  missing = 0;
  readonly #journal: Journal;
  readonly #stream: StreamName;
  readonly #partition: number;
  #next: number;
  readonly #end: number;
  #records: JournalRecord[] = [];
  #at = 0;

  constructor(journal: Journal, stream: StreamName, partition: number, from: number, end: number) {
    this.#journal = journal;
    this.#stream = stream;
    this.#partition = partition;
    this.#next = from;
    this.#end = end;
  }

  /** Records that are not read yet. */
  get left(): number {
    return this.#end - this.#next;
  }

  get isEmpty(): boolean {
    return this.#at === this.#records.length;
  }

  get head(): JournalRecord {
    return this.#records[this.#at]!;
  }

  take(): JournalRecord {
    return this.#records[this.#at++]!;
  }

  /** False at the end of the range. */
  async fill(): Promise<boolean> {
    if (this.left <= 0) return false;
    const limit = Math.min(READ_RECORDS, this.left);
    const read = await this.#journal.read(this.#stream, this.#partition, this.#next, limit);
    this.#records = read.filter(({ offset }) => offset < this.#end);
    this.#at = 0;
    const next = read.length > 0 ? Math.min(read.at(-1)!.offset + 1, this.#end) : this.#end;
    this.missing += next - this.#next - this.#records.length;
    this.#next = next;
    return this.#records.length > 0;
  }
}
