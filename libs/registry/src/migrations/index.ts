import type { Kysely } from 'kysely';
import type { Engine } from '../database.js';
import { makeAuditAppendOnly } from './append-only.js';
import { up as first } from './0001-first.js';

export type RegistryMigration = (db: Kysely<never>, engine: Engine) => Promise<void>;

/** All changes of the tables by name, in the order of their names. A released one never changes again. */
export const MIGRATIONS: Readonly<Record<string, RegistryMigration>> = {
  '0001-first': async (db, engine) => {
    await first(db, engine);
    await makeAuditAppendOnly(db, engine);
  },
};
