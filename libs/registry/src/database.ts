import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.js';

export type Engine = 'sqlite' | 'postgres';

/** What the registry needs of an engine. */
export interface RegistryDatabase {
  readonly engine: Engine;
  /** One consistent view of everything; must not write. */
  read<T>(body: (db: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** All or nothing. On SQLite it is the only writer; `body` must wait for nothing but the database. */
  write<T>(body: (db: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** One statement that reads. */
  readonly reader: Kysely<Tables>;
  revision(): Promise<number>;
  close(): Promise<void>;
}
