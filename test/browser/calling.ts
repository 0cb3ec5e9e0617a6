import type { AlarmEvent, AlarmPriority, PatientState } from '@app/contracts';

/** The patient with an alarm of that priority, unanswered since the last value. */
export function calling(state: PatientState, priority: AlarmPriority): PatientState {
  const atMs = state.lastDataMs ?? 0;
  const alarm: AlarmEvent = {
    type: 'alarm',
    id: `e-${state.patient}`,
    alarmId: `a-${state.patient}`,
    patient: state.patient,
    origin: state.origin,
    rule: 'heart-rate-high',
    kind: 'physiological',
    priority,
    condition: 'present',
    signal: 'on',
    change: 'raised',
    atMs,
    sinceMs: atMs,
    text: 'HR 138 (131–144) above 120 at rest for 15 s',
    valueBpm: 138,
    lowBpm: 131,
    highBpm: 144,
    limitBpm: 120,
    quality: 0.9,
    model: null,
    acknowledgedBy: null,
    note: null,
  };
  return { ...state, alarms: [alarm] };
}
