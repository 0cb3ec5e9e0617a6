import type { AlarmPriority, AlarmRule, EscalationStep } from './alarm-rule.js';
import type { ActivityClass, ModelId, Origin, Withheld } from './vital-signs.js';

/** Named as in HL7 FHIR DeviceAlert. */
export type AlarmSignal = 'on' | 'latched' | 'ack' | 'off';
export type AlarmCondition = 'present' | 'absent' | 'unknown';

/** The signal state that an event enters, and why. */
export type AlarmChange =
  | 'raised' // the condition holds for its delay; also when it comes back while latched
  | 'acknowledged'
  | 'worsened' // of higher priority than before: calls again, also when acknowledged
  | 'condition-cleared' // over before anybody has seen it: latched
  | 'ended'
  | 'silenced' // another alarm speaks for it: see `silencedBy`
  | 'unsilenced'
  | 'reminded' // acknowledged, and still there
  | 'escalated'; // unanswered: see `escalation`

/** Why an alarm has ended. */
export type AlarmEnd =
  | 'condition-over'
  | 'acknowledged' // was latched
  | 'limit-off' // the rule does not apply any more: its limit was switched off, or the patient went off the ward
  | 'discharged';

/** Whose limit was crossed, or which activity has moved it. */
export type LimitSource = 'ward' | 'patient' | 'walking' | 'running';

/** Where the samples around an alarm are: about 20 s of one device's boot, its monotonic clock, µs. */
export interface SampleRange {
  device: string;
  bootId: string;
  fromMonotonicUs: number;
  toMonotonicUs: number;
}

/** Records of the journal's `events` stream, keyed by patient, JSON. */
export type EventRecord =
  AlarmEvent | AudioEvent | LimitEvent | ReturnedEvent | CanaryEvent | AlarmProgress;

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
  change: AlarmChange;
  /** When, by the recorded tick or record that caused it, ms since 1970. */
  atMs: number;
  /** When the alarm was raised. */
  sinceMs: number;
  /** Why it was raised (or has worsened), one plain sentence: `HR 138 (131–144) above 120 at rest for 15 s`. */
  text: string;
  /**
   * The estimate that the alarm is about at this change, with its interval, where there is one: also while it is too
   * uncertain to be shown (`withheld`).
   */
  valueBpm: number | null;
  lowBpm: number | null;
  highBpm: number | null;
  limitBpm: number | null;
  quality: number | null;
  model: ModelId | null;
  /** Who acknowledged, for `acknowledged` and later changes. */
  acknowledgedBy: string | null;
  note: string | null;
  // What follows is absent in records of versions before 0.2.
  /** When it was acknowledged, ms since 1970. */
  acknowledgedMs?: number | null;
  /** Why the number was not shown; null when it was, or there was none to speak of. */
  withheld?: Withheld | null;
  activity?: ActivityClass | null;
  /** Whether the limit that the rule needs is set; `on` for rules without one. */
  limit?: 'on' | 'off';
  limitBecause?: LimitSource | null;
  /** The alarm that speaks for this one as long as it is there: no sound, no flashing, but shown and recorded. */
  silencedBy?: AlarmRule | null;
  escalation?: EscalationStep;
  /** For `ended`. */
  endedBecause?: AlarmEnd | null;
  /** The signal around the moment; null for what has none. */
  samples?: SampleRange | null;
}

/**
 * The sound of one patient's alarms (or of a ward's own, `patient` is then `ward:` and its id). A pause hides nothing from
 * the eye. `on` again: its time is over, or a new or higher alarm broke through.
 */
export interface AudioEvent {
  type: 'audio';
  id: string;
  patient: string;
  origin: Origin;
  audio: 'paused' | 'on';
  /** While paused: until when, ms since 1970. */
  untilMs: number | null;
  because: 'asked' | 'time-over' | 'new-alarm' | 'discharged';
  /** Who paused it. */
  by: string;
  atMs: number;
}

/** What the patient does moves the upper limit, or moves it no longer: the limit in force, for the tile. */
export interface LimitEvent {
  type: 'limit';
  id: string;
  patient: string;
  origin: Origin;
  heartRateHighBpm: number | null;
  because: LimitSource;
  atMs: number;
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

/** A window of the canary has come to the alarm machine: once a minute, and no alarm. */
export interface CanaryEvent {
  type: 'canary';
  /** A function of the window. */
  id: string;
  /** `CANARY`. */
  patient: string;
  origin: Origin;
  /** What the processor makes of it; null when it could not tell. */
  bpm: number | null;
  /** Station's clock at the window's last sample, ms since 1970. */
  windowEndMs: number;
  /** By the recorded tick, ms since 1970. */
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
