import type { AlarmRule } from '@app/contracts';
import { ALARM_RULES } from './alarm-rules.js';
import { type PatientAlarms, signalOf } from './alarm-state.js';
import type { PartitionState } from './partition-state.js';
import { freshOf } from './patient-conditions.js';
import { statusOf } from './ward-conditions.js';

/** Who speaks for whom while it is there. Its answer is theirs: each stays shown and recorded. */
const SPEAKS_FOR: Partial<Record<AlarmRule, AlarmRule>> = {
  'heart-rate-high': 'heart-rate-extreme-high',
  'heart-rate-low': 'heart-rate-extreme-low',
  'no-data': 'check-patient',
  'signal-unusable': 'check-patient',
  'sensor-off': 'check-patient',
};

/** The alarm that speaks for a rule's alarm at present, or null. */
export function silencerOf(
  rule: AlarmRule,
  state: PatientAlarms,
  partition: PartitionState,
): AlarmRule | null {
  if (isOfGroup(rule, state, partition)) return 'link-lost';
  const speaker = SPEAKS_FOR[rule];
  if (speaker === undefined) return null;
  // A call that the link's return holds back says nothing of a silence after it.
  if (rule === 'no-data' && isOfGroup(speaker, state, partition)) return null;
  const signal = signalOf(state, speaker);
  // What is latched is over and goes no further: what is still there must.
  return signal === 'on' || signal === 'ack' ? speaker : null;
}

/** Silence that many patients of the ward share has one alarm. Never for who was beyond a limit when it began. */
function isOfGroup(rule: AlarmRule, state: PatientAlarms, partition: PartitionState): boolean {
  if (rule !== 'no-data' && rule !== 'check-patient') return false;
  const own = state.alarms[rule];
  const isSpokenFor = own?.silencedBy === 'link-lost';
  // The link is back, and a number: what only waits for its end does not begin to call.
  if (isSpokenFor && own.condition === 'absent') return true;
  if (state.admission === null || (state.lastNumber?.beyondBpm ?? null) !== null) return false;
  // There was a number a moment ago, or there was no time for one yet.
  if (isSpokenFor && own.condition === 'unknown') return true;
  if (rule === 'check-patient' && isFindingPulse(state, partition)) return true;
  const status = statusOf(partition, state.admission.ward);
  return status !== null && status.silent.includes(state.patient);
}

/** The link is back, and results come: the first number takes as long as any number may. */
function isFindingPulse(state: PatientAlarms, { clockMs }: PartitionState): boolean {
  if (state.linkBackMs === null || freshOf(state, clockMs) === null) return false;
  const { windowMs, qualityMs } = ALARM_RULES['check-patient'];
  return clockMs - state.linkBackMs <= windowMs + qualityMs;
}

/** Whether "link lost" speaks for the silence of a patient at present. */
export function isSilentTogether(state: PatientAlarms): boolean {
  return (
    signalOf(state, 'no-data') !== 'off' && state.alarms['no-data']?.silencedBy === 'link-lost'
  );
}
