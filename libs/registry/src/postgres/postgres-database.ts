import { Kysely, PostgresDialect, type PostgresPool, type Transaction } from 'kysely';
import type { RegistryDatabase } from '../database.js';
import type { Tables } from '../tables.js';
import { timesAsNumbers } from './times-as-numbers.js';

/** A database that several stations may share. */
export class PostgresDatabase implements RegistryDatabase {
  readonly engine = 'postgres';
  readonly reader: Kysely<Tables>;

  /** @param pool of the package `pg`; closed with this. */
  constructor(pool: PostgresPool) {
    this.reader = new Kysely({ dialect: new PostgresDialect({ pool }), plugins: [timesAsNumbers] });
  }

  read<T>(body: (db: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.reader
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(body);
  }

  write<T>(body: (db: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.reader.transaction().setIsolationLevel('read committed').execute(body);
  }

  async revision(): Promise<number> {
    const row = await this.reader
      .selectFrom('registry_state')
      .select('revision')
      .executeTakeFirstOrThrow();
    return row.revision;
  }

  close(): Promise<void> {
    return this.reader.destroy();
  }
}
