import { Kysely, type Transaction } from 'kysely';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { RegistryDatabase } from '../database.js';
import { REGISTRY_BOUNDS } from '../registry-bounds.js';
import type { Tables } from '../tables.js';
import { nodeSqliteDialect } from './node-sqlite-dialect.js';

const { busyTimeoutMs } = REGISTRY_BOUNDS;

/**
 * Three connections to one file: one writes, one reads what is committed while the other writes, and one only asks for the
 * revision, which no open view may hold back.
 */
export class SqliteDatabase implements RegistryDatabase {
  readonly engine = 'sqlite';
  readonly reader: Kysely<Tables>;
  private readonly writer: Kysely<Tables>;
  private readonly connections: DatabaseSync[];
  private readonly watch: DatabaseSync;
  private revisionStatement: StatementSync | undefined;

  constructor(readonly file: string) {
    const write = connect(file);
    const read = connect(file);
    read.exec('PRAGMA query_only = ON');
    this.watch = connect(file);
    this.watch.exec('PRAGMA query_only = ON');
    this.connections = [write, read, this.watch];
    this.writer = new Kysely({ dialect: nodeSqliteDialect(write, busyTimeoutMs) });
    this.reader = new Kysely({ dialect: nodeSqliteDialect(read, busyTimeoutMs) });
  }

  read<T>(body: (db: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.reader.transaction().setAccessMode('read only').execute(body);
  }

  write<T>(body: (db: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.writer.transaction().execute(body);
  }

  revision(): Promise<number> {
    this.revisionStatement ??= this.watch.prepare('SELECT revision FROM registry_state');
    const row = this.revisionStatement.get() as { revision: number };
    return Promise.resolve(row.revision);
  }

  async close(): Promise<void> {
    await this.reader.destroy();
    await this.writer.destroy();
    for (const connection of this.connections) if (connection.isOpen) connection.close();
  }
}

function connect(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA busy_timeout = ${busyTimeoutMs};
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;`);
  return database;
}
