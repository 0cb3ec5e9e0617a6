import { join } from 'node:path';
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { JournalCorruptError } from '../journal-errors.js';
import type { JournalRecord, StreamName } from '../journal.js';
import { segmentError } from './damage.js';
import { openForReading } from './database.js';
import { SEGMENT_VERSION, recordChecksum, segmentFile, type Edge } from './segment-format.js';
import { bytesOf } from './sqlite-values.js';

/** A record with its place in the order of commit. */
export interface OrderedRecord {
  seq: number;
  record: JournalRecord;
}

const COLUMNS = 'seq, partition, offset, append_ms, checksum, key, value';

/** The reading connection to one segment. Calls block briefly; each sees what was committed when it was made. */
export class SegmentReader {
  readonly number: number;
  /** Where each partition begins in this segment. */
  readonly edges: readonly Edge[];
  readonly #stream: StreamName;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #isSealed = false;

  private constructor(stream: StreamName, number: number, database: DatabaseSync) {
    this.#stream = stream;
    this.number = number;
    this.#database = database;
    this.edges = this.#all('SELECT first_offset, first_ms FROM edge ORDER BY partition').map(
      (row) => ({ offset: Number(row['first_offset']), appendMs: Number(row['first_ms']) }),
    );
  }

  /** Null when the segment is gone, or is not finished being made. */
  static open(folder: string, stream: StreamName, number: number): SegmentReader | null {
    const file = segmentFile(stream, number);
    let database: DatabaseSync | null = null;
    try {
      database = openForReading(join(folder, file));
      if (database === null) return null;
      const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
      if (version === SEGMENT_VERSION) return new SegmentReader(stream, number, database);
      database.close();
      if (version === 0) return null;
    } catch (error) {
      if (database?.isOpen === true) database.close();
      throw segmentError(error, stream, file);
    }
    throw new JournalCorruptError('written by another version of this program', {
      stream,
      segment: file,
    });
  }

  /** Nothing will be added any more. */
  isSealed(): boolean {
    this.#isSealed ||= this.#one('SELECT sealed_ms FROM segment', [])?.['sealed_ms'] !== null;
    return this.#isSealed;
  }

  /** Records so far; the newest has this `seq`. */
  count(): number {
    return Number(this.#one('SELECT coalesce(max(seq), 0) AS seq FROM record', [])?.['seq']);
  }

  /** The offset that the next record of a partition gets here or in the next segment. */
  end(partition: number): number {
    const row = this.#one(
      'SELECT offset FROM record WHERE partition = ? ORDER BY offset DESC LIMIT 1',
      [partition],
    );
    return row ? Number(row['offset']) + 1 : this.edges[partition]!.offset;
  }

  /** Append time of the first and last record, ms; null without a record. */
  times(): { firstMs: number; lastMs: number } | null {
    const at = (order: string) =>
      this.#one(`SELECT append_ms FROM record ORDER BY seq ${order} LIMIT 1`, []);
    const first = at('ASC');
    const last = at('DESC');
    return first && last
      ? { firstMs: Number(first['append_ms']), lastMs: Number(last['append_ms']) }
      : null;
  }

  /** `seq` of the first record of a partition at or after an offset; null when there is none yet. */
  seqAt(partition: number, offset: number): number | null {
    const row = this.#one(
      'SELECT seq FROM record WHERE partition = ? AND offset >= ? ORDER BY offset LIMIT 1',
      [partition, offset],
    );
    return row ? Number(row['seq']) : null;
  }

  /** First offset of a partition whose append time is at or after `atMs`, by bisection; `end` when there is none. */
  offsetAt(partition: number, atMs: number): number {
    let low = this.edges[partition]!.offset;
    let high = this.end(partition);
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const row = this.#one('SELECT append_ms FROM record WHERE partition = ? AND offset = ?', [
        partition,
        middle,
      ]);
      if (row === undefined) throw this.missing(partition, middle);
      if (Number(row['append_ms']) < atMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Records of some partitions in the order of commit: `after < seq <= upTo`, at most `limit`. */
  scan(partitions: readonly number[], after: number, upTo: number, limit: number): OrderedRecord[] {
    // The plus keeps SQLite from using the index: the order of the table is the order that is wanted.
    const sql =
      `SELECT ${COLUMNS} FROM record WHERE seq > ? AND seq <= ? ` +
      `AND +partition IN (${partitions.join()}) ORDER BY seq LIMIT ?`;
    return this.#all(sql, after, upTo, limit).map((row) => this.#checked(row));
  }

  /** Records of one partition from an offset on. */
  read(partition: number, offset: number, limit: number): JournalRecord[] {
    const sql =
      `SELECT ${COLUMNS} FROM record WHERE partition = ? AND offset >= ? ` +
      'ORDER BY offset LIMIT ?';
    return this.#all(sql, partition, offset, limit).map((row) => this.#checked(row).record);
  }

  /** Changes whenever another connection, of this or another process, has committed. Costs microseconds. */
  dataVersion(): number {
    return Number(this.#one('PRAGMA data_version', [])?.['data_version']);
  }

  missing(partition: number, offset: number): JournalCorruptError {
    const segment = segmentFile(this.#stream, this.number);
    const place = { stream: this.#stream, segment, partition, offset };
    return new JournalCorruptError('the record is missing', place);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #checked(row: Row): OrderedRecord {
    const partition = Number(row['partition']);
    const offset = Number(row['offset']);
    const appendMs = Number(row['append_ms']);
    const key = String(row['key']);
    const value = bytesOf(row['value']);
    const stream = this.#stream;
    if (recordChecksum({ partition, offset, appendMs, key, value }) !== row['checksum']) {
      const segment = segmentFile(stream, this.number);
      const place = { stream, segment, partition, offset };
      throw new JournalCorruptError('its checksum does not match', place);
    }
    return { seq: Number(row['seq']), record: { stream, partition, offset, key, appendMs, value } };
  }

  #one(sql: string, values: number[]): Row | undefined {
    return this.#run(() => this.#statement(sql).get(...values));
  }

  #all(sql: string, ...values: number[]): Row[] {
    return this.#run(() => this.#statement(sql).all(...values));
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined)
      this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }

  #run<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw segmentError(error, this.#stream, segmentFile(this.#stream, this.number));
    }
  }
}

type Row = Record<string, SQLOutputValue>;
