import { type Dialect, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { DatabaseSync } from 'node:sqlite';
import { NodeSqliteDriver } from './node-sqlite-driver.js';

/** SQLite's tables can be changed within a transaction; Kysely's adapter does not make use of it. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Kysely's SQLite dialect over `node:sqlite`. Closes the connection with Kysely's `destroy`, once it was used. */
export function nodeSqliteDialect(database: DatabaseSync, busyTimeoutMs: number): Dialect {
  return {
    createDriver: () => new NodeSqliteDriver(database, busyTimeoutMs),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new TransactionalSqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}
