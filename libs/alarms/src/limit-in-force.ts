import type { AlarmLimits, AlarmRule, LimitSource } from '@app/contracts';
import type { PatientAlarms } from './alarm-state.js';
import type { PartitionState } from './partition-state.js';

export interface LimitInForce {
  /** Null: switched off. */
  bpm: number | null;
  because: LimitSource;
}

type HeartRateRule = Extract<AlarmRule, `heart-rate-${string}`>;

/** `high` rules are crossed upwards. */
export const HEART_RATE_RULES: Readonly<
  Record<HeartRateRule, { side: 1 | -1; limit: keyof AlarmLimits }>
> = {
  'heart-rate-extreme-high': { side: 1, limit: 'heartRateExtremeHighBpm' },
  'heart-rate-extreme-low': { side: -1, limit: 'heartRateExtremeLowBpm' },
  'heart-rate-high': { side: 1, limit: 'heartRateHighBpm' },
  'heart-rate-low': { side: -1, limit: 'heartRateLowBpm' },
};

export function isHeartRateRule(rule: AlarmRule): rule is HeartRateRule {
  return Object.hasOwn(HEART_RATE_RULES, rule);
}

/** The patient's own limits, else the ward's; null while nobody has said, or for who is not admitted. */
export function limitsOf(
  { admission, limits }: PatientAlarms,
  partition: PartitionState,
): { limits: AlarmLimits; because: 'patient' | 'ward' } | null {
  if (admission === null) return null;
  if (limits !== null) return { limits, because: 'patient' };
  const ward = partition.wards[admission.ward]?.limits ?? null;
  return ward === null ? null : { limits: ward, because: 'ward' };
}

/** The limit of a heart-rate rule now. Activity moves the ordinary upper limit alone, and only upwards. */
export function limitInForce(
  rule: HeartRateRule,
  state: PatientAlarms,
  partition: PartitionState,
): LimitInForce | null {
  const found = limitsOf(state, partition);
  if (found === null) return null;
  const { limits, because } = found;
  const bpm = limits[HEART_RATE_RULES[rule].limit];
  const { level } = state.activity;
  if (rule !== 'heart-rate-high' || bpm === null || level === 'rest') return { bpm, because };
  const moved = level === 'running' ? limits.runningHighBpm : limits.walkingHighBpm;
  return moved !== null && moved > bpm ? { bpm: moved, because: level } : { bpm, because };
}
