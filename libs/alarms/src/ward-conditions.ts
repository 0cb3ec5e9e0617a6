import type { AlarmRule, WardStatusRecord } from '@app/contracts';
import { STATUS_COUNTS_FOR_MS } from './alarm-times.js';
import type { PartitionState } from './partition-state.js';
import { ABSENT, PRESENT, type Reading, UNKNOWN } from './reading.js';

/** What is known of a ward as a whole; null when it is too old. */
export function statusOf(partition: PartitionState, ward: string): WardStatusRecord | null {
  const known = partition.wards[ward];
  if (known === undefined || known.status === null) return null;
  return partition.clockMs - known.statusClockMs <= STATUS_COUNTS_FOR_MS ? known.status : null;
}

export function wardCondition(rule: AlarmRule, status: WardStatusRecord | null): Reading {
  if (status === null) return UNKNOWN;
  switch (rule) {
    case 'link-lost':
      return status.silent.length > 0 ? PRESENT : ABSENT;
    case 'models-unavailable':
      return isTold(status.models);
    case 'storage-degraded':
      return isTold(status.storage);
    case 'canary-missing':
      return isTold(status.canary);
    case 'ward-unwatched':
      return isTold(status.unwatched);
    default:
      return ABSENT;
  }
}

/** Records of an earlier version do not say everything. */
function isTold(trouble: string | null | undefined): Reading {
  return trouble === null || trouble === undefined ? ABSENT : PRESENT;
}
