import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { StreamName } from '../journal.js';
import { segmentError } from './damage.js';
import { durability, openDurable, transaction, type Durability } from './database.js';
import {
  APPLICATION_ID,
  SEGMENT_SCHEMA,
  SEGMENT_VERSION,
  recordChecksum,
  segmentFile,
  type Edge,
} from './segment-format.js';

export interface SegmentRecord {
  partition: number;
  appendMs: number;
  key: string;
  value: Uint8Array;
}

export interface SegmentSpec {
  folder: string;
  stream: StreamName;
  number: number;
  partitions: number;
}

/**
 * The writing connection to one segment. Every method that writes runs in one transaction that holds SQLite's write lock,
 * so processes take turns, and what is cached here is read again when another process has committed in between.
 */
export class SegmentWriter {
  readonly #database: DatabaseSync;
  readonly #stream: StreamName;
  readonly #file: string;
  readonly #partitions: number;
  readonly #insert: StatementSync;
  readonly #version: StatementSync;
  readonly #next: Edge[] = [];
  #knownVersion = -1;
  #sealed = false;
  #createdMs = 0;
  #records = 0;

  /**
   * Opens a segment, or makes it when its file is missing or empty (a process died while making it): several processes may
   * try at once, the first to get the lock makes it. `edges` tells where a new segment begins.
   */
  constructor(spec: SegmentSpec, nowMs: number, edges: () => Edge[]) {
    this.#stream = spec.stream;
    this.#file = segmentFile(spec.stream, spec.number);
    this.#partitions = spec.partitions;
    this.#database = this.#named(() => openDurable(join(spec.folder, this.#file)));
    try {
      const version = userVersion(this.#database);
      if (version === 0) this.#create(spec, nowMs, edges);
      else if (version !== SEGMENT_VERSION)
        throw new Error(
          `${this.#file} has format ${version}; this program knows ${SEGMENT_VERSION}`,
        );
      this.#insert = this.#database.prepare(
        'INSERT INTO record (partition, offset, append_ms, checksum, key, value) VALUES (?, ?, ?, ?, ?, ?)',
      );
      this.#version = this.#database.prepare('PRAGMA data_version');
    } catch (error) {
      this.#database.close();
      throw segmentError(error, this.#stream, this.#file);
    }
  }

  /** Appends all records in one commit and gives their offsets; null, and no change, when the segment is sealed. */
  append(records: readonly SegmentRecord[]): number[] | null {
    try {
      return this.#named(() =>
        transaction(this.#database, () => {
          this.#refresh();
          return this.#sealed ? null : records.map((record) => this.#add(record));
        }),
      );
    } catch (error) {
      this.#knownVersion = -1;
      throw error;
    }
  }

  /** Ends the segment for good and gives where the next one begins; harmless when it is already sealed. */
  seal(nowMs: number): Edge[] {
    this.#named(() =>
      transaction(this.#database, () => {
        this.#refresh();
        if (this.#sealed) return;
        const set = this.#database.prepare(
          'UPDATE edge SET end_offset = ?, end_ms = ? WHERE partition = ?',
        );
        this.#next.forEach((edge, partition) => set.run(edge.offset, edge.appendMs, partition));
        this.#database.prepare('UPDATE segment SET sealed_ms = ?').run(nowMs);
        this.#sealed = true;
      }),
    );
    return this.#next;
  }

  get sealed(): boolean {
    return this.#sealed;
  }

  /** Records and bytes as of this connection's last transaction. */
  size(): { records: number; bytes: number; createdMs: number } {
    const pages = Number(this.#database.prepare('PRAGMA page_count').get()?.['page_count']);
    return { records: this.#records, bytes: pages * PAGE_BYTES, createdMs: this.#createdMs };
  }

  durability(): Durability {
    return durability(this.#database);
  }

  close(): void {
    // A sealed segment's log would stay for as long as some reader has the file open.
    if (this.#sealed) this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#database.close();
  }

  #create(spec: SegmentSpec, nowMs: number, edges: () => Edge[]): void {
    transaction(this.#database, () => {
      if (userVersion(this.#database) !== 0) return;
      this.#database.exec(SEGMENT_SCHEMA);
      this.#database
        .prepare('INSERT INTO segment (stream, number, partitions, created_ms) VALUES (?, ?, ?, ?)')
        .run(spec.stream, spec.number, spec.partitions, nowMs);
      const insert = this.#database.prepare(
        'INSERT INTO edge (partition, first_offset, first_ms) VALUES (?, ?, ?)',
      );
      edges().forEach((edge, partition) => insert.run(partition, edge.offset, edge.appendMs));
      this.#database.exec(
        `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SEGMENT_VERSION}`,
      );
    });
  }

  #named<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw segmentError(error, this.#stream, this.#file);
    }
  }

  /** Inside a transaction: what other processes have changed. */
  #refresh(): void {
    const version = Number(this.#version.get()?.['data_version']);
    if (version === this.#knownVersion) return;
    const meta = this.#database.prepare('SELECT created_ms, sealed_ms FROM segment').get();
    this.#createdMs = Number(meta?.['created_ms']);
    this.#sealed = meta?.['sealed_ms'] !== null;
    const last = this.#database.prepare(
      'SELECT offset, append_ms FROM record WHERE partition = ? ORDER BY offset DESC LIMIT 1',
    );
    const first = this.#database.prepare(
      'SELECT first_offset, first_ms FROM edge WHERE partition = ?',
    );
    for (let partition = 0; partition < this.#partitions; partition++) {
      const record = last.get(partition);
      const edge = first.get(partition);
      this.#next[partition] = record
        ? { offset: Number(record['offset']) + 1, appendMs: Number(record['append_ms']) }
        : { offset: Number(edge?.['first_offset']), appendMs: Number(edge?.['first_ms']) };
    }
    this.#records = Number(
      this.#database.prepare('SELECT coalesce(max(seq), 0) AS seq FROM record').get()?.['seq'],
    );
    this.#knownVersion = version;
  }

  #add({ partition, appendMs, key, value }: SegmentRecord): number {
    const next = this.#next[partition]!;
    const time = Math.max(next.appendMs, appendMs);
    const { offset } = next;
    const checksum = recordChecksum({ partition, offset, appendMs: time, key, value });
    this.#insert.run(partition, offset, time, checksum, key, value);
    this.#next[partition] = { offset: offset + 1, appendMs: time };
    this.#records++;
    return offset;
  }
}

/** SQLite's default, which nothing here changes. */
const PAGE_BYTES = 4096;

function userVersion(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}
