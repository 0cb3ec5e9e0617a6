import type { AlarmEvent, VitalSigns } from '@app/contracts';

/** A live window of a device’s patient. */
export function vitalOf(name: string): VitalSigns {
  const model = { name: 'spectral', version: '1' };
  return {
    patient: `p-${name}`,
    origin: 'live',
    device: name,
    bootId: 'boot-1',
    window: 2,
    lane: 'live',
    endMonotonicUs: 12e6,
    endMs: 1_790_000_000_000,
    latencyMs: 12,
    heartRate: {
      bpm: 72,
      withheld: null,
      estimateBpm: 72,
      lowBpm: 70,
      highBpm: 75,
      secondOpinionBpm: 72,
      model,
    },
    quality: 0.9,
    activity: { class: 'rest', confidence: 0.9, cadencePerMinute: null, model },
    fall: null,
    battery: 0.8,
    worn: true,
  };
}

/** A raised alarm, or its end. */
export function alarmOf(name: string, alarmId: string, signal: 'on' | 'off'): AlarmEvent {
  return {
    type: 'alarm',
    id: `${alarmId}-${signal}`,
    alarmId,
    patient: `p-${name}`,
    origin: 'live',
    rule: 'heart-rate-high',
    kind: 'physiological',
    priority: 'high',
    condition: signal === 'on' ? 'present' : 'absent',
    signal,
    change: signal === 'on' ? 'raised' : 'ended',
    atMs: 1_790_000_000_000,
    sinceMs: 1_790_000_000_000,
    text: 'HR 138 (131–144) above 120 for 15 s',
    valueBpm: 138,
    lowBpm: 131,
    highBpm: 144,
    limitBpm: 120,
    quality: 0.9,
    model: { name: 'spectral', version: '1' },
    acknowledgedBy: null,
    acknowledgedMs: null,
    note: null,
    withheld: null,
    activity: 'rest',
    limit: 'on',
    limitBecause: 'ward',
    silencedBy: null,
    escalation: 'bedside',
    endedBecause: null,
    samples: { device: name, bootId: 'b', fromMonotonicUs: 0, toMonotonicUs: 20e6 },
  };
}
