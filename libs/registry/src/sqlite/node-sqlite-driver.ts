import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

/** SQLITE_BUSY: another connection is writing. */
const BUSY = 5;
/** Pauses between two tries to begin, ms: doubled up to the longest. */
const SHORTEST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 20;
/** Statements kept prepared; when there are more, all are prepared anew. */
const PREPARED = 500;

/** Kysely on one connection of Node's own SQLite. Kysely lets one user at a time have it. */
export class NodeSqliteDriver implements Driver {
  private readonly connection: NodeSqliteConnection;

  constructor(
    private readonly database: DatabaseSync,
    private readonly busyTimeoutMs: number,
  ) {
    this.connection = new NodeSqliteConnection(database);
  }

  init(): Promise<void> {
    return Promise.resolve();
  }

  acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(this.connection);
  }

  /**
   * A transaction that writes takes the file's lock at once. It waits for the lock without blocking: the holder may be another
   * connection of this very thread.
   */
  async beginTransaction(_: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    if (settings.accessMode === 'read only') {
      this.database.exec('BEGIN');
      return;
    }
    const giveUpAt = performance.now() + this.busyTimeoutMs;
    for (let pause = SHORTEST_PAUSE_MS; !this.tryBegin(); pause *= 2) {
      if (performance.now() > giveUpAt) {
        throw new Error(
          `another process has been writing to the registry for ${this.busyTimeoutMs} ms`,
        );
      }
      await sleep(Math.min(pause, LONGEST_PAUSE_MS));
    }
  }

  private tryBegin(): boolean {
    this.database.exec('PRAGMA busy_timeout = 0');
    try {
      this.database.exec('BEGIN IMMEDIATE');
      return true;
    } catch (error) {
      if ((error as { errcode?: number }).errcode === BUSY) return false;
      throw error;
    } finally {
      this.database.exec(`PRAGMA busy_timeout = ${this.busyTimeoutMs}`);
    }
  }

  commitTransaction(): Promise<void> {
    return settle(() => this.database.exec('COMMIT'));
  }

  rollbackTransaction(): Promise<void> {
    return settle(() => {
      // A failed statement or commit may have rolled back already.
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
    });
  }

  releaseConnection(): Promise<void> {
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    return settle(() => {
      if (this.database.isOpen) this.database.close();
    });
  }
}

class NodeSqliteConnection implements DatabaseConnection {
  private readonly prepared = new Map<string, StatementSync>();

  constructor(private readonly database: DatabaseSync) {}

  executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    return settle(() => {
      const statement = this.prepare(sql);
      const values = parameters as readonly SQLInputValue[];
      if (statement.columns().length > 0) return { rows: statement.all(...values) as R[] };
      const { changes, lastInsertRowid } = statement.run(...values);
      return {
        rows: [],
        numAffectedRows: BigInt(changes),
        insertId: BigInt(lastInsertRowid),
      };
    });
  }

  async *streamQuery<R>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    const values = parameters as readonly SQLInputValue[];
    // Its own statement: a prepared one may be asked again before the stream has ended.
    for (const row of this.database.prepare(sql).iterate(...values)) yield { rows: [row as R] };
  }

  private prepare(sql: string): StatementSync {
    const known = this.prepared.get(sql);
    if (known !== undefined) return known;
    if (this.prepared.size >= PREPARED) this.prepared.clear();
    const statement = this.database.prepare(sql);
    this.prepared.set(sql, statement);
    return statement;
  }
}

/** Runs at once; what it throws rejects. */
function settle<T>(action: () => T): Promise<T> {
  return new Promise((resolve) => resolve(action()));
}
