import type { VitalSigns } from '@app/contracts';
import { levelOf, moveActivity } from './activity-level.js';
import type { PatientAlarms } from './alarm-state.js';
import { HEART_RATE_RULES, limitInForce } from './limit-in-force.js';
import type { PartitionState } from './partition-state.js';
import { isSilentTogether } from './silencing.js';
import { watchReturn } from './return-check.js';

/** Whether a device is the patient's by the registry's word; who is not admitted has none to compare with. */
export function isWorn(device: string, { admission }: PatientAlarms): boolean {
  return admission === null || admission.devices.some((worn) => worn.device === device);
}

/** Remembers a result that is news. */
export function takeVital(
  state: PatientAlarms,
  vital: VitalSigns,
  partition: PartitionState,
): void {
  const { clockMs } = partition;
  const { heartRate } = vital;
  if (isSilentTogether(state)) state.linkBackMs = clockMs;
  state.latest = {
    device: vital.device,
    bootId: vital.bootId,
    window: vital.window,
    endMs: vital.endMs,
    endMonotonicUs: vital.endMonotonicUs,
    clockMs,
    bpm: heartRate.bpm,
    withheld: heartRate.withheld,
    estimateBpm: heartRate.estimateBpm,
    lowBpm: heartRate.lowBpm,
    highBpm: heartRate.highBpm,
    secondOpinionBpm: heartRate.secondOpinionBpm,
    quality: vital.quality,
    model: heartRate.model,
    activity: vital.activity.class,
    battery: vital.battery,
    worn: vital.worn,
    clockErrorMs: vital.clockErrorMs ?? null,
  };
  moveActivity(state.activity, levelOf(vital.activity), clockMs);
  watchReturn(state.returnCheck, heartRate.bpm !== null, clockMs);
  if (heartRate.bpm !== null) {
    const beyondBpm = crossedLimit(state, heartRate.bpm, partition);
    state.lastNumber = { clockMs, bpm: heartRate.bpm, beyondBpm };
  }
}

/** The ordinary limit that a number is beyond, or the extreme one where there is no ordinary; null when inside. */
function crossedLimit(state: PatientAlarms, bpm: number, partition: PartitionState): number | null {
  for (const rule of [
    'heart-rate-high',
    'heart-rate-low',
    'heart-rate-extreme-high',
    'heart-rate-extreme-low',
  ] as const) {
    const limitBpm = limitInForce(rule, state, partition)?.bpm ?? null;
    if (limitBpm !== null && HEART_RATE_RULES[rule].side * (bpm - limitBpm) > 0) return limitBpm;
  }
  return null;
}
