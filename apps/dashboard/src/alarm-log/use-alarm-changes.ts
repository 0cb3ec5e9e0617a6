import type { AlarmEvent, AlarmLogEntry, HistoryResponse } from '@app/contracts';
import { wardOfLimitsKey } from '@app/contracts';
import { useMemo } from 'react';
import { apiPath } from '../api/request.js';
import { useResource } from '../api/use-resource.js';
import { alarmLogPath } from './alarm-filters.js';

/** So long after its raise changes are read, ms: an alarm that lasts longer has its reminders cut, and says so. */
const READ_MS = 24 * 3_600_000;
const BEFORE_MS = 1000;
/** No trend is wanted with the events, and this is the coarsest one, ms. */
const BUCKET_MS = READ_MS;

export interface AlarmChanges {
  /** Oldest first; null before the first answer. */
  changes: readonly AlarmEvent[] | null;
  problem: string | null;
  reload: () => void;
}

/**
 * Every change of the alarm that an event belongs to. A patient's come from the patient's history, which knows no wards: an
 * alarm goes along to another ward. A ward's own come from its log.
 */
export function useAlarmChanges(event: AlarmEvent): AlarmChanges {
  const ward = wardOfLimitsKey(event.patient);
  const ofWard = useResource<AlarmLogEntry[]>(ward === null ? null : logPath(ward, event));
  const ofPatient = useResource<HistoryResponse>(ward === null ? historyPath(event) : null);
  const source = ward === null ? ofPatient : ofWard;
  const changes = useMemo(() => {
    const read =
      ofWard.value?.map((entry) => entry.event).toReversed() ?? ofPatient.value?.events ?? null;
    return read === null ? null : changesOf(read, event);
  }, [ofWard.value, ofPatient.value, event]);
  return { changes, problem: source.problem, reload: source.reload };
}

/** Those of one alarm, the event itself too when the store does not have it yet. */
function changesOf(events: readonly AlarmEvent[], event: AlarmEvent): AlarmEvent[] {
  const own = events.filter(({ alarmId }) => alarmId === event.alarmId);
  return own.some(({ id }) => id === event.id) ? own : [...own, event];
}

function range({ sinceMs }: AlarmEvent): { fromMs: number; toMs: number } {
  return { fromMs: sinceMs - BEFORE_MS, toMs: sinceMs + READ_MS };
}

function historyPath(event: AlarmEvent): string {
  const { fromMs, toMs } = range(event);
  const query = new URLSearchParams({
    from: String(fromMs),
    to: String(toMs),
    bucket: String(BUCKET_MS),
  });
  return `${apiPath('patients', event.patient, 'history')}?${query}`;
}

function logPath(ward: string, event: AlarmEvent): string {
  const { patient, rule } = event;
  return alarmLogPath(ward, { patient, rule, ...range(event), limit: 500 });
}
