import type { Admission, AlarmEvent, HeartRate, PatientState, VitalSigns } from '@app/contracts';

const NO_ACTIVITY_LIMITS = {
  heartRateExtremeHighBpm: null,
  heartRateExtremeLowBpm: null,
  walkingHighBpm: null,
  runningHighBpm: null,
};

export function admission(changes: Partial<Admission> = {}): Admission {
  return {
    ward: 'main',
    bed: null,
    label: 'W-01',
    admittedMs: -3_600_000,
    offWard: null,
    devices: [{ device: 'd-01', position: 'wrist', mode: 'continuous', sinceMs: -3_600_000 }],
    ...changes,
  };
}

/** A patient at rest with a good signal, for tests; time 0 is the end of the last window. */
export function patientState(
  changes: Partial<Omit<PatientState, 'vital'>> & { vital?: Partial<VitalSigns> | null } = {},
  heartRate: Partial<HeartRate> = {},
): PatientState {
  const patient = changes.patient ?? 'W-01';
  const vital: VitalSigns = {
    patient,
    origin: 'live',
    device: 'd-01',
    bootId: 'b',
    window: 10,
    lane: 'live',
    endMonotonicUs: 28e6,
    endMs: 0,
    latencyMs: 40,
    heartRate: {
      bpm: 72,
      withheld: null,
      estimateBpm: 72.3,
      lowBpm: 69.2,
      highBpm: 75.8,
      secondOpinionBpm: 71,
      model: { name: 'hr', version: '1' },
      ...heartRate,
    },
    quality: 0.9,
    activity: {
      class: 'rest',
      confidence: 0.95,
      cadencePerMinute: null,
      model: { name: 'activity', version: '1' },
    },
    battery: 0.8,
    worn: true,
    ...changes.vital,
  };
  return {
    patient,
    origin: 'live',
    device: 'd-01',
    connected: true,
    connectedSinceMs: -60_000,
    lastDataMs: 0,
    admission: admission(),
    limits: { ...NO_ACTIVITY_LIMITS, heartRateHighBpm: 120, heartRateLowBpm: 45 },
    limitsOf: 'ward',
    movedHigh: null,
    backlog: null,
    alarms: [],
    audioPause: null,
    escalation: 'bedside',
    ...changes,
    vital: changes.vital === null ? null : vital,
  };
}

export function alarmEvent(changes: Partial<AlarmEvent> = {}): AlarmEvent {
  return {
    type: 'alarm',
    id: 'e-1',
    alarmId: 'a-1',
    patient: 'W-01',
    origin: 'live',
    rule: 'heart-rate-high',
    kind: 'physiological',
    priority: 'medium',
    condition: 'present',
    signal: 'on',
    change: 'raised',
    atMs: 0,
    sinceMs: 0,
    text: 'HR 132 (128–137) above 120 for 10 s',
    valueBpm: 132,
    lowBpm: 128,
    highBpm: 137,
    limitBpm: 120,
    quality: 0.9,
    model: null,
    acknowledgedBy: null,
    note: null,
    ...changes,
  };
}
