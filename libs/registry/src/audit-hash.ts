import { createHash } from 'node:crypto';
import type { AuditRow } from './tables.js';

/** The hash before the first entry. */
export const AUDIT_START = '';

/** SHA-256 of an entry and the hash of the one before: no entry can be changed, moved or taken out unnoticed. */
export function auditHash(previous: string, entry: Omit<AuditRow, 'hash'>): string {
  const canonical = JSON.stringify([
    previous,
    entry.id,
    entry.at_ms,
    entry.person,
    entry.name,
    entry.role,
    entry.action,
    entry.subject_type,
    entry.subject,
    entry.ward,
    entry.before,
    entry.after,
    entry.reason,
  ]);
  return createHash('sha256').update(canonical).digest('hex');
}
