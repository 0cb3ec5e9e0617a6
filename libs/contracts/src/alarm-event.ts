import type { ModelId, Origin } from './vital-signs.js';

/** Priorities and signal states are named as in HL7 FHIR DeviceAlert. */
export type AlarmPriority = 'high' | 'medium' | 'low' | 'info';
export type AlarmSignal = 'on' | 'latched' | 'ack' | 'off';
export type AlarmCondition = 'present' | 'absent' | 'unknown';
export type AlarmRule = 'heart-rate-high' | 'heart-rate-low' | 'no-data';

/** Records of the journal's `events` stream, keyed by patient, JSON. */
export type EventRecord = AlarmEvent | ReturnedEvent | AlarmProgress;

/** One change of one alarm. `id` is a function of the input records, so a replay gives it again. */
export interface AlarmEvent {
  type: 'alarm';
  id: string;
  /** The alarm instance: all changes from its first signal to its end share it. */
  alarmId: string;
  patient: string;
  origin: Origin;
  rule: AlarmRule;
  kind: 'physiological' | 'technical';
  priority: AlarmPriority;
  condition: AlarmCondition;
  signal: AlarmSignal;
  /** What happened: the signal state that this event enters, and why. */
  change: 'raised' | 'acknowledged' | 'condition-cleared' | 'ended';
  /** When, by the recorded tick or record that caused it, ms since 1970. */
  atMs: number;
  /** When the alarm was raised. */
  sinceMs: number;
  /** One plain sentence: `HR 138 (131–144) above 120 for 15 s`. */
  text: string;
  /** The number that caused it, where there is one. */
  valueBpm: number | null;
  lowBpm: number | null;
  highBpm: number | null;
  limitBpm: number | null;
  quality: number | null;
  model: ModelId | null;
  /** Who acknowledged, for `acknowledged` and later changes. */
  acknowledgedBy: string | null;
  note: string | null;
}

/** A patient off ward has had a good signal for long enough: back on the ward. `id` as of an alarm event. */
export interface ReturnedEvent {
  type: 'returned';
  id: string;
  patient: string;
  origin: Origin;
  /** When, by the recorded tick or record that caused it, ms since 1970. */
  atMs: number;
}

/** The alarm machine has worked through `ward` up to the tick of this second. Key: `alarms`-partition. */
export interface AlarmProgress {
  type: 'progress';
  part: 'alarms';
  /** Partition of `ward`. */
  partition: number;
  tickMs: number;
}
