import { ALARM_RULE_NAMES, type AlarmPriority, type AlarmRule } from '@app/contracts';

export interface RuleDefinition {
  kind: 'physiological' | 'technical';
  of: 'patient' | 'ward';
  /** Priority it is raised with at least. */
  priority: AlarmPriority;
  /** Priority that it can reach, and when. */
  worsens: { to: AlarmPriority; when: string } | null;
  /** Unit of the levels. */
  unit: 'BPM' | 's' | 'score' | 'share' | 'patients' | null;
  /** Present when the value is beyond it; `limit`: the patient's or the ward's. Null: a yes or no. */
  raiseLevel: number | 'limit' | null;
  /** Absent when the value is back to this; of a limit: so far inside it. Between the two the last answer stands. */
  clearLevel: number | null;
  /** How long the condition must hold before the signal begins, ms. */
  raiseDelayMs: number;
  /** The same when only the estimate is beyond the limit, not its whole interval, ms; null where nothing is estimated. */
  uncertainRaiseDelayMs: number | null;
  /** How long the condition must be absent, without a break, before the alarm ends, ms. */
  clearDelayMs: number;
  /** Whether the signal stays as `latched` when the condition ends before anyone has acknowledged it. */
  latching: boolean;
  /** Whether it is on when nobody has set anything. */
  default: string;
  /** What passes at most between a change of the patient and the first value that shows it: the window, ms … */
  windowMs: number;
  /** … and the belief that must follow the signal (measured: docs/alarms.md), ms. */
  qualityMs: number;
  source: string;
}

/** Manuals of hospital monitors: delays of 0 to 15 s, 6 to 10 s usual (Mindray); yellow and red limits (Philips). */
const MONITORS = 'pattern of hospital monitors (Mindray, Philips)';
/** A step of the true rate is a number within 18 s, also by the spectrum alone (test/parity/rate-step.e2e-spec.ts). */
const HEART_RATE = { windowMs: 8_000, qualityMs: 10_000, unit: 'BPM', clearLevel: 3 } as const;
/** A result comes every 2 s: what a frame says waits for the next one. */
const NEXT_RESULT_MS = 2_000;
const DEVICE = {
  kind: 'technical',
  of: 'patient',
  uncertainRaiseDelayMs: null,
  latching: false,
  default: 'on',
  windowMs: 8_000,
  qualityMs: 0,
} as const;
const WARD = { ...DEVICE, of: 'ward', windowMs: 0 } as const;

/**
 * Every rule in one place. Priorities follow severity and time to harm as in the pattern of IEC 60601-1-8; technical alarms
 * never latch. The delays that are disclosed to nurses are `totalDelayMs` and `estimateTotalDelayMs`.
 */
export const ALARM_RULES: Readonly<Record<AlarmRule, RuleDefinition>> = {
  'heart-rate-extreme-high': {
    ...HEART_RATE,
    kind: 'physiological',
    of: 'patient',
    priority: 'high',
    worsens: null,
    raiseLevel: 'limit',
    raiseDelayMs: 4_000,
    uncertainRaiseDelayMs: 15_000,
    clearDelayMs: 10_000,
    latching: true,
    default: '140',
    source: MONITORS,
  },
  'heart-rate-extreme-low': {
    ...HEART_RATE,
    kind: 'physiological',
    of: 'patient',
    priority: 'high',
    worsens: null,
    raiseLevel: 'limit',
    raiseDelayMs: 4_000,
    uncertainRaiseDelayMs: 15_000,
    clearDelayMs: 10_000,
    latching: true,
    default: '35',
    source: MONITORS,
  },
  'heart-rate-high': {
    ...HEART_RATE,
    kind: 'physiological',
    of: 'patient',
    priority: 'medium',
    worsens: null,
    raiseLevel: 'limit',
    raiseDelayMs: 10_000,
    uncertainRaiseDelayMs: 15_000,
    clearDelayMs: 10_000,
    latching: true,
    default: '120',
    source: MONITORS,
  },
  'heart-rate-low': {
    ...HEART_RATE,
    kind: 'physiological',
    of: 'patient',
    priority: 'medium',
    worsens: null,
    raiseLevel: 'limit',
    raiseDelayMs: 10_000,
    uncertainRaiseDelayMs: 15_000,
    clearDelayMs: 10_000,
    latching: true,
    default: '45',
    source: MONITORS,
  },
  fall: {
    kind: 'physiological',
    of: 'patient',
    priority: 'medium',
    worsens: { to: 'high', when: 'the wrist was still for 1.5 s after the blow' },
    unit: 'score',
    raiseLevel: 0.8,
    clearLevel: null,
    raiseDelayMs: 0,
    uncertainRaiseDelayMs: null,
    clearDelayMs: 0,
    latching: true,
    default: 'on',
    windowMs: 2_000,
    qualityMs: 4_000,
    source: 'scale of the fall model: 1 % of trials of daily life reach 0.8',
  },
  'check-patient': {
    kind: 'physiological',
    of: 'patient',
    priority: 'low',
    worsens: {
      to: 'medium',
      when: 'after 120 s, or at once if the last number was beyond a limit',
    },
    unit: 's',
    raiseLevel: 30,
    clearLevel: 0,
    raiseDelayMs: 0,
    uncertainRaiseDelayMs: null,
    clearDelayMs: 6_000,
    latching: false,
    default: 'on',
    windowMs: HEART_RATE.windowMs,
    qualityMs: HEART_RATE.qualityMs,
    source: 'no number is not a good number: as long as a nurse takes for one look at the bed',
  },
  'no-data': {
    ...DEVICE,
    priority: 'low',
    worsens: null,
    unit: 's',
    raiseLevel: 15,
    clearLevel: 0,
    raiseDelayMs: 0,
    clearDelayMs: 0,
    windowMs: 0,
    source: 'three lost windows and the 5 s that a gap is waited for',
  },
  'signal-unusable': {
    ...DEVICE,
    priority: 'low',
    worsens: null,
    unit: 'share',
    raiseLevel: 0.2,
    clearLevel: 0.3,
    raiseDelayMs: 20_000,
    clearDelayMs: 6_000,
    qualityMs: NEXT_RESULT_MS,
    source: 'quality without a number; long enough for a wrist that is being turned',
  },
  'sensor-off': {
    ...DEVICE,
    priority: 'low',
    worsens: null,
    unit: null,
    raiseLevel: null,
    clearLevel: null,
    raiseDelayMs: 10_000,
    clearDelayMs: 4_000,
    source: "the device's own word",
  },
  'battery-low': {
    ...DEVICE,
    priority: 'low',
    worsens: { to: 'medium', when: 'at 0.05 or below' },
    unit: 'share',
    raiseLevel: 0.15,
    clearLevel: 0.2,
    raiseDelayMs: 30_000,
    clearDelayMs: 10_000,
    windowMs: NEXT_RESULT_MS,
    source: 'time enough to bring a charger',
  },
  'clock-implausible': {
    ...DEVICE,
    priority: 'low',
    worsens: null,
    unit: 's',
    raiseLevel: 60,
    clearLevel: 30,
    raiseDelayMs: 30_000,
    clearDelayMs: 10_000,
    windowMs: NEXT_RESULT_MS,
    source: 'a backlog placed by such a clock could go to the wrong minute',
  },
  'link-lost': {
    ...WARD,
    priority: 'medium',
    worsens: null,
    unit: 'patients',
    raiseLevel: 3,
    clearLevel: 2,
    raiseDelayMs: 0,
    clearDelayMs: 4_000,
    windowMs: 12_000,
    source: 'one alarm in place of many; before their own no-data alarms at 15 s',
  },
  'models-unavailable': {
    ...WARD,
    priority: 'medium',
    worsens: null,
    unit: null,
    raiseLevel: null,
    clearLevel: null,
    raiseDelayMs: 10_000,
    clearDelayMs: 10_000,
    source: 'monitoring goes on with less: an answer within minutes',
  },
  'storage-degraded': {
    ...WARD,
    priority: 'low',
    worsens: null,
    unit: null,
    raiseLevel: null,
    clearLevel: null,
    raiseDelayMs: 30_000,
    clearDelayMs: 10_000,
    source: 'the journal keeps everything meanwhile',
  },
  'canary-missing': {
    ...WARD,
    priority: 'medium',
    worsens: null,
    unit: null,
    raiseLevel: null,
    clearLevel: null,
    raiseDelayMs: 0,
    clearDelayMs: 0,
    source: 'the whole way is in doubt; who watches it has waited already',
  },
  'ward-unwatched': {
    ...WARD,
    priority: 'high',
    worsens: null,
    unit: null,
    raiseLevel: null,
    clearLevel: null,
    raiseDelayMs: 30_000,
    clearDelayMs: 0,
    source: 'nobody would see an alarm: longer than a reload, then out by the webhook',
  },
};

/** In the order in which they are evaluated: who speaks for others comes before them. */
export const RULE_NAMES: readonly AlarmRule[] = ALARM_RULE_NAMES;

export const PATIENT_RULES = RULE_NAMES.filter((rule) => ALARM_RULES[rule].of === 'patient');
export const WARD_RULES = RULE_NAMES.filter((rule) => ALARM_RULES[rule].of === 'ward');

/**
 * From a change of the patient (or the device, or the ward) to the signal, at most, ms: window, quality, delay. Of a rate:
 * when its whole interval is beyond the limit.
 */
export function totalDelayMs(rule: AlarmRule): number {
  const { unit, raiseLevel, windowMs, qualityMs, raiseDelayMs } = ALARM_RULES[rule];
  const isSilence = unit === 's' && rule !== 'clock-implausible' && typeof raiseLevel === 'number';
  return windowMs + qualityMs + raiseDelayMs + (isSilence ? raiseLevel * 1000 : 0);
}

/** The same of a rate that is beyond its limit by the estimate alone; null where nothing is estimated. */
export function estimateTotalDelayMs(rule: AlarmRule): number | null {
  const { windowMs, qualityMs, uncertainRaiseDelayMs } = ALARM_RULES[rule];
  return uncertainRaiseDelayMs === null ? null : windowMs + qualityMs + uncertainRaiseDelayMs;
}

const RANK: Record<AlarmPriority, number> = { high: 3, medium: 2, low: 1, info: 0 };

export function isHigher(priority: AlarmPriority, than: AlarmPriority): boolean {
  return RANK[priority] > RANK[than];
}
