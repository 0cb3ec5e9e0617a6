import type { AuditQuery } from '@app/contracts';

/** What is asked of the audit; empty texts ask nothing. */
export interface AuditFilters {
  ward: string;
  person: string;
  action: string;
  subject: string;
  /** As a browser's field for date and time gives it, in the time of where the screen hangs. */
  from: string;
  to: string;
}

export const NO_FILTERS: AuditFilters = {
  ward: '',
  person: '',
  action: '',
  subject: '',
  from: '',
  to: '',
};

/** Entries on one page. */
export const AUDIT_PAGE = 50;

/** The minute that is named as the end belongs to it, ms. */
const MINUTE_MS = 60_000;

export function auditQuery(filters: AuditFilters, beforeId: number | null): AuditQuery {
  const query: AuditQuery = { limit: AUDIT_PAGE };
  for (const key of ['ward', 'person', 'action', 'subject'] as const) {
    const text = filters[key].trim();
    if (text !== '') query[key] = text;
  }
  const fromMs = Date.parse(filters.from);
  const toMs = Date.parse(filters.to);
  if (!Number.isNaN(fromMs)) query.fromMs = fromMs;
  if (!Number.isNaN(toMs)) query.toMs = toMs + MINUTE_MS;
  if (beforeId !== null) query.beforeId = beforeId;
  return query;
}

export function auditPath(query: AuditQuery): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) parameters.set(key, String(value));
  return `/api/audit?${parameters.toString()}`;
}
