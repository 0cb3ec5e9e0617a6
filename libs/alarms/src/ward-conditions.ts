import { type AlarmRule, type WardStatusRecord, wardOfLimitsKey } from '@app/contracts';
import type { RuleState } from './alarm-state.js';
import { STATUS_COUNTS_FOR_MS } from './alarm-times.js';
import type { PartitionState } from './partition-state.js';
import { ABSENT, PRESENT, type Reading, UNKNOWN } from './reading.js';

/** What is known of a ward as a whole; null when it is too old. */
export function statusOf(partition: PartitionState, ward: string): WardStatusRecord | null {
  const known = partition.wards[ward];
  if (known === undefined || known.status === null) return null;
  return partition.clockMs - known.statusClockMs <= STATUS_COUNTS_FOR_MS ? known.status : null;
}

/** Who is silent together, for the key of a ward. */
export function silentOf(key: string, partition: PartitionState): readonly string[] {
  return statusOf(partition, wardOfLimitsKey(key) ?? '')?.silent ?? [];
}

export function wardCondition(
  rule: AlarmRule,
  status: WardStatusRecord | null,
  own: RuleState,
): Reading {
  if (status === null) return UNKNOWN;
  switch (rule) {
    case 'link-lost':
      return linkLost(status, own);
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

/** A nurse has answered for those whom the alarm named, not for who fell silent after them. */
function linkLost({ silent }: WardStatusRecord, { signal, namedPatients }: RuleState): Reading {
  if (silent.length === 0) return ABSENT;
  const more = signal === 'ack' && silent.some((patient) => !namedPatients.includes(patient));
  return { ...PRESENT, more };
}

/** Records of an earlier version do not say everything. */
function isTold(trouble: string | null | undefined): Reading {
  return trouble === null || trouble === undefined ? ABSENT : PRESENT;
}
