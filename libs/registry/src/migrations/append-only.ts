import { type Kysely, sql } from 'kysely';
import type { Engine } from '../database.js';

/** Makes both engines refuse to change or remove an audit entry, whoever asks. */
export async function makeAuditAppendOnly(db: Kysely<never>, engine: Engine): Promise<void> {
  const statements = engine === 'sqlite' ? SQLITE : POSTGRES;
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const REFUSAL = 'the audit is append-only';

const SQLITE = [
  `CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, '${REFUSAL}'); END`,
  `CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, '${REFUSAL}'); END`,
  // INSERT OR REPLACE removes a row without asking the trigger above.
  `CREATE TRIGGER audit_never_replaces BEFORE INSERT ON audit
   WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, '${REFUSAL}'); END`,
];

const POSTGRES = [
  `CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
   $$ BEGIN RAISE EXCEPTION '${REFUSAL}'; END $$`,
  `CREATE TRIGGER audit_never_changes BEFORE UPDATE OR DELETE ON audit
   FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()`,
  `CREATE TRIGGER audit_never_empties BEFORE TRUNCATE ON audit
   FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`,
];
