import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { basename } from 'node:path';
import type { StoredCheckpoint } from './checkpoint-protocol.js';
import { bytesOf } from './sqlite-values.js';
import { isDamage } from './damage.js';
import { durability, openDurable, transaction, type Durability } from './database.js';

const VERSION = 1;

const SCHEMA = `
  CREATE TABLE checkpoint (
    consumer TEXT NOT NULL, partition INTEGER NOT NULL, offset INTEGER NOT NULL,
    PRIMARY KEY (consumer, partition)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE state (
    id INTEGER PRIMARY KEY, consumer TEXT NOT NULL, partition INTEGER NOT NULL, key TEXT NOT NULL,
    checksum INTEGER NOT NULL, value BLOB NOT NULL,
    UNIQUE (consumer, partition, key)
  ) STRICT;
  PRAGMA user_version = ${VERSION};
`;

/** Offsets and states of all consumers: one file, apart from the records, so that dropping records never touches it. */
export class CheckpointStore {
  readonly #database: DatabaseSync;
  readonly #file: string;

  constructor(path: string) {
    this.#file = basename(path);
    this.#database = openDurable(path);
    transaction(this.#database, () => {
      const version = Number(this.#database.prepare('PRAGMA user_version').get()?.['user_version']);
      if (version === 0) this.#database.exec(SCHEMA);
      else if (version !== VERSION)
        throw new Error(`${path} has format ${version}; this program knows ${VERSION}`);
    });
  }

  /** @throws naming the file when it is damaged; nothing is saved then. */
  commit(consumer: string, checkpoints: readonly StoredCheckpoint[]): void {
    this.#named(() => this.#commit(consumer, checkpoints));
  }

  /** @throws naming the file when it is damaged. */
  load(consumer: string, partition: number): StoredCheckpoint | null {
    return this.#named(() => this.#load(consumer, partition));
  }

  durability(): Durability {
    return durability(this.#database);
  }

  close(): void {
    this.#database.close();
  }

  #commit(consumer: string, checkpoints: readonly StoredCheckpoint[]): void {
    transaction(this.#database, () => {
      const setOffset = this.#database.prepare(
        `INSERT INTO checkpoint (consumer, partition, offset) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET offset = excluded.offset`,
      );
      const setState = this.#database.prepare(
        `INSERT INTO state (consumer, partition, key, checksum, value) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET checksum = excluded.checksum, value = excluded.value`,
      );
      const remove = this.#database.prepare(
        'DELETE FROM state WHERE consumer = ? AND partition = ? AND key = ?',
      );
      for (const { partition, offset, state, deleted } of checkpoints) {
        setOffset.run(consumer, partition, offset);
        for (const [key, value] of state) {
          setState.run(consumer, partition, key, stateChecksum(key, value), value);
        }
        for (const key of deleted) remove.run(consumer, partition, key);
      }
    });
  }

  #load(consumer: string, partition: number): StoredCheckpoint | null {
    this.#database.exec('BEGIN');
    try {
      const row = this.#database
        .prepare('SELECT offset FROM checkpoint WHERE consumer = ? AND partition = ?')
        .get(consumer, partition);
      if (row === undefined) return null;
      const states = this.#database
        .prepare(
          'SELECT key, checksum, value FROM state WHERE consumer = ? AND partition = ? ORDER BY key',
        )
        .all(consumer, partition);
      const state = states.map((each): [string, Uint8Array] => {
        const key = String(each['key']);
        const value = bytesOf(each['value']);
        if (stateChecksum(key, value) !== each['checksum']) {
          throw new Error(
            `${this.#file} corrupt: consumer ${consumer}, partition ${partition}, state of ${key}`,
          );
        }
        return [key, value];
      });
      return { partition, offset: Number(row['offset']), state, deleted: [] };
    } finally {
      this.#database.exec('COMMIT');
    }
  }

  #named<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      if (!isDamage(error)) throw error;
      const what = error instanceof Error ? error.message : String(error);
      throw new Error(`${this.#file} is damaged: ${what}`, { cause: error });
    }
  }
}

/** Names the first state whose checksum does not match; null when all is well, or nothing is there yet. */
export function firstDamagedState(database: DatabaseSync): string | null {
  const isMade = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'state'").get();
  if (isMade === undefined) return null;
  const states = database.prepare('SELECT consumer, partition, key, checksum, value FROM state');
  for (const row of states.iterate()) {
    const key = String(row['key']);
    if (stateChecksum(key, bytesOf(row['value'])) === row['checksum']) continue;
    return `state of ${key} of consumer ${String(row['consumer'])}, partition ${String(row['partition'])}: its checksum does not match`;
  }
  return null;
}

function stateChecksum(key: string, value: Uint8Array): number {
  return crc32(value, crc32(key));
}
