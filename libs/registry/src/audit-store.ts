import type { AuditEntry, AuditQuery } from '@app/contracts';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AUDIT_START, auditHash } from './audit-hash.js';
import type { Changes } from './change.js';
import { pageLimit } from './page-limit.js';
import type { Actor, Audit } from './registry.js';
import type { AuditRow } from './tables.js';

/** Entries that `verify` reads at a time. */
const VERIFIED_AT_ONCE = 1000;

export class AuditStore implements Audit {
  constructor(private readonly changes: Changes) {}

  async note(actor: Actor, entry: Parameters<Audit['note']>[1]): Promise<void> {
    await this.changes.make((change) => change.audit(actor, entry), { raises: false });
  }

  async query(query: AuditQuery): Promise<AuditEntry[]> {
    let select = this.changes.database.reader
      .selectFrom('audit')
      .selectAll()
      .orderBy('id', 'desc')
      .limit(pageLimit(query.limit));
    if (query.ward !== undefined) select = select.where('ward', '=', query.ward);
    if (query.person !== undefined) select = select.where('person', '=', query.person);
    if (query.action !== undefined) select = select.where('action', '=', query.action);
    if (query.subject !== undefined) select = select.where('subject', '=', query.subject);
    if (query.fromMs !== undefined) select = select.where('at_ms', '>=', query.fromMs);
    if (query.toMs !== undefined) select = select.where('at_ms', '<', query.toMs);
    if (query.beforeId !== undefined) select = select.where('id', '<', query.beforeId);
    return (await select.execute()).map(entryOf);
  }

  async verify(): Promise<number | null> {
    const { reader } = this.changes.database;
    // The end is fixed first: entries that come meanwhile are not missing.
    const end = await reader
      .selectFrom('registry_state')
      .select(['audit_id', 'audit_hash'])
      .executeTakeFirstOrThrow();
    let previous = { id: 0, hash: AUDIT_START };
    while (previous.id < end.audit_id) {
      const rows: AuditRow[] = await reader
        .selectFrom('audit')
        .selectAll()
        .where('id', '>', previous.id)
        .where('id', '<=', end.audit_id)
        .orderBy('id')
        .limit(VERIFIED_AT_ONCE)
        .execute();
      for (const row of rows) {
        if (row.id !== previous.id + 1) return previous.id + 1;
        if (row.hash !== auditHash(previous.hash, row)) return row.id;
        previous = row;
      }
      if (rows.length === 0) return previous.id + 1;
      // SQLite answers at once: others get their turn between two pages.
      await nextTurn();
    }
    return previous.hash === end.audit_hash ? null : Math.max(1, previous.id);
  }
}

function entryOf(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    atMs: row.at_ms,
    person: row.person,
    name: row.name,
    role: row.role as AuditEntry['role'],
    action: row.action,
    subjectType: row.subject_type,
    subject: row.subject,
    ward: row.ward,
    before: row.before === null ? null : JSON.parse(row.before),
    after: row.after === null ? null : JSON.parse(row.after),
    reason: row.reason,
  };
}
