import type { AlarmLogQuery, AlarmPriority } from '@app/contracts';
import { apiPath } from '../api/request.js';

/** What is asked of the alarm log; empty texts ask nothing. */
export interface AlarmFilters {
  patient: string;
  rule: string;
  priority: AlarmPriority | '';
  /** As a browser's field for date and time gives it, in the time of where the screen hangs. */
  from: string;
  to: string;
}

export const NO_ALARM_FILTERS: AlarmFilters = {
  patient: '',
  rule: '',
  priority: '',
  from: '',
  to: '',
};

/** Entries on one page. */
export const ALARM_PAGE = 50;

/** The minute that is named as the end belongs to it, ms. */
const MINUTE_MS = 60_000;

/** @param beforeId the smallest id of the page before; null for the newest */
export function alarmQuery(filters: AlarmFilters, beforeId: number | null): AlarmLogQuery {
  const query: AlarmLogQuery = { limit: ALARM_PAGE };
  if (filters.patient !== '') query.patient = filters.patient;
  if (filters.rule !== '') query.rule = filters.rule;
  if (filters.priority !== '') query.priority = filters.priority;
  const fromMs = Date.parse(filters.from);
  const toMs = Date.parse(filters.to);
  if (!Number.isNaN(fromMs)) query.fromMs = fromMs;
  if (!Number.isNaN(toMs)) query.toMs = toMs + MINUTE_MS;
  if (beforeId !== null) query.beforeId = beforeId;
  return query;
}

export function alarmLogPath(ward: string, query: AlarmLogQuery): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) parameters.set(key, String(value));
  return `${apiPath('wards', ward, 'alarms')}?${parameters.toString()}`;
}
