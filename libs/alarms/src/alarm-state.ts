import type {
  Activity,
  Admission,
  AlarmCondition,
  AlarmEvent,
  AlarmLimits,
  AlarmPriority,
  AlarmRule,
  AlarmSignal,
  EscalationStep,
  Fall,
  LimitSource,
  ModelId,
  Origin,
  Withheld,
} from '@app/contracts';

/** All that the alarm machine remembers of one patient, or of a ward as such. Plain JSON: it is a checkpoint as it is. */
export interface PatientAlarms {
  /** Pseudonym; of a ward `ward:` and its id. */
  patient: string;
  origin: Origin;
  /** `unseen`: data came, the registry has said nothing: only technical alarms. */
  status: 'unseen' | 'admitted' | 'discharged' | 'ward';
  admission: Admission | null;
  /** Time of the last word of the registry: an older one comes from a repetition. */
  admissionMs: number;
  /** The patient's own limits; null follows the ward's. */
  limits: AlarmLimits | null;
  limitsMs: number;
  /** The machine's clock when the patient was first heard of, or the present device was put on. */
  heardMs: number;
  /** The newest live result. */
  latest: LatestVital | null;
  /** The last number that could be shown. */
  lastNumber: LastNumber | null;
  /** The machine's clock at the first result after a silence that "link lost" has spoken for. */
  linkBackMs: number | null;
  /** The last blow that is likely a fall. */
  fall: FallMemory | null;
  activity: ActivityMemory;
  /** The upper limit that was last told to the screens, when an activity has moved it. */
  movedLimit: { bpm: number; because: LimitSource } | null;
  /** Only while off the ward. */
  returnCheck: ReturnCheck | null;
  audio: AudioPause | null;
  /** The last word of each device's link; one that was heard without a word came with its first result. */
  links: Record<string, DeviceLink>;
  /** Only rules that have something to remember. */
  alarms: Partial<Record<AlarmRule, RuleState>>;
}

export interface DeviceLink {
  connected: boolean;
  /** Since when, station's clock, ms. */
  atMs: number;
}

export interface LatestVital {
  device: string;
  bootId: string;
  window: number;
  /** Station's clock at the window's end, ms. */
  endMs: number;
  endMonotonicUs: number;
  /** The machine's clock when it came. */
  clockMs: number;
  bpm: number | null;
  withheld: Withheld | null;
  estimateBpm: number | null;
  lowBpm: number | null;
  highBpm: number | null;
  secondOpinionBpm: number | null;
  quality: number;
  model: ModelId;
  activity: Activity['class'];
  battery: number | null;
  worn: boolean | null;
  clockErrorMs: number | null;
}

export interface LastNumber {
  clockMs: number;
  bpm: number;
  /** The limit that it was beyond, BPM; null when it was inside. */
  beyondBpm: number | null;
}

export interface FallMemory {
  score: number;
  stillSeconds: Fall['stillSeconds'];
  atMonotonicUs: number;
  device: string;
  bootId: string;
  /** Whether somebody has acknowledged it. */
  isAnswered: boolean;
}

export type ActivityLevel = 'rest' | 'walking' | 'running';

export interface ActivityMemory {
  /** What counts at present. */
  level: ActivityLevel;
  /** A more vigorous one that is not yet believed, and since when. */
  rising: { to: ActivityLevel; sinceMs: number } | null;
  /** Since when the present one has no evidence. */
  fallingSinceMs: number | null;
}

export interface ReturnCheck {
  /** `offWard.sinceMs` of the admission. */
  offWardMs: number;
  /** The machine's clock since when every result had a number. */
  goodSinceMs: number | null;
  /** Whether the patient counts as back. */
  returned: boolean;
}

export interface AudioPause {
  /** Station's clock, for people. */
  untilMs: number;
  /** The machine's clock: ends although the station's clock was set back. */
  untilClockMs: number;
  by: string;
}

export interface RuleState {
  condition: AlarmCondition;
  /** Machine's clock since when the condition has been present, `unknown` between not counted as absent; null when not. */
  presentSinceMs: number | null;
  /** The same, for the whole interval beyond the limit. */
  certainSinceMs: number | null;
  lastPresentMs: number;
  /** Whether a number was between the levels since then: the condition was present on and off. */
  wavered: boolean;
  /** Since when it has been absent without a break; `unknown` is a break, so it clears nothing. */
  absentSinceMs: number | null;
  signal: AlarmSignal;
  /** The last event of the alarm that is signalled; null when the signal is off. */
  last: AlarmEvent | null;
  /** Events of that alarm so far. */
  count: number;
  /** Priority of that alarm: it never falls. */
  priority: AlarmPriority;
  /** Machine's clock since when it calls unanswered. */
  callingSinceMs: number;
  escalation: EscalationStep;
  /** Machine's clock when the signal last changed, or reminded. */
  changedMs: number;
  silencedBy: AlarmRule | null;
  /** Of `link-lost`: whom its text counts, so whom an acknowledgement answers for; of others nobody. */
  namedPatients: readonly string[];
  /** Name of the alarm before: two in the same second need two names. */
  previousId: string | null;
}

export function newPatientAlarms(
  patient: string,
  origin: Origin,
  status: PatientAlarms['status'],
  clockMs: number,
): PatientAlarms {
  return {
    patient,
    origin,
    status,
    admission: null,
    admissionMs: 0,
    limits: null,
    limitsMs: 0,
    heardMs: clockMs,
    latest: null,
    lastNumber: null,
    linkBackMs: null,
    fall: null,
    activity: { level: 'rest', rising: null, fallingSinceMs: null },
    movedLimit: null,
    returnCheck: null,
    audio: null,
    links: {},
    alarms: {},
  };
}

export function newRuleState(priority: AlarmPriority): RuleState {
  return {
    condition: 'unknown',
    presentSinceMs: null,
    certainSinceMs: null,
    lastPresentMs: 0,
    wavered: false,
    absentSinceMs: null,
    signal: 'off',
    last: null,
    count: 0,
    priority,
    callingSinceMs: 0,
    escalation: 'bedside',
    changedMs: 0,
    silencedBy: null,
    namedPatients: [],
    previousId: null,
  };
}

export function signalOf(state: PatientAlarms, rule: AlarmRule): AlarmSignal {
  return state.alarms[rule]?.signal ?? 'off';
}
