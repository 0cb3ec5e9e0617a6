import type { AlarmPriority, AlarmRule } from '@app/contracts';

export interface RuleDefinition {
  kind: 'physiological' | 'technical';
  priority: AlarmPriority;
  /** How long the condition must hold before the signal begins, ms. */
  raiseDelayMs: number;
  /** How long the condition must be absent before the alarm ends, ms. */
  clearDelayMs: number;
  /** How far the value must come back inside the limit before the condition is absent, BPM. */
  hysteresisBpm: number;
  /** Whether the signal stays as `latched` when the condition ends before anyone has acknowledged it. */
  latching: boolean;
}

/**
 * Every rule in one place. Priorities, latching and delays follow the pattern of hospital monitors: heart-rate delays
 * between 0 and 15 s with 6 to 10 s usual (manuals of Mindray and Philips central stations), technical alarms never
 * latch. The delay until a nurse is called is the window (8 s, on average half of it) plus `raiseDelayMs`.
 */
export const ALARM_RULES: Readonly<Record<AlarmRule, RuleDefinition>> = {
  'heart-rate-high': {
    kind: 'physiological',
    priority: 'medium',
    raiseDelayMs: 10_000,
    clearDelayMs: 10_000,
    hysteresisBpm: 3,
    latching: true,
  },
  'heart-rate-low': {
    kind: 'physiological',
    priority: 'medium',
    raiseDelayMs: 10_000,
    clearDelayMs: 10_000,
    hysteresisBpm: 3,
    latching: true,
  },
  'no-data': {
    kind: 'technical',
    priority: 'low',
    raiseDelayMs: 0,
    clearDelayMs: 0,
    hysteresisBpm: 0,
    latching: false,
  },
};

/** Without a result of the live lane for this long a patient counts as without data, ms of the machine's clock. */
export const NO_DATA_AFTER_MS = 15_000;

/** The same for a patient who never had a result: a device's first windows take 8 s, and their order up to 5 s more. */
export const NO_FIRST_DATA_AFTER_MS = 30_000;

/**
 * A result of the live lane whose window ended this long before the last tick is backlog, ms: the processor was away and
 * catches up. It raises nothing, clears nothing, and is no sign of life.
 */
export const BACKLOG_AFTER_MS = 30_000;

/**
 * How long a value speaks for its patient, ms of the machine's clock: three windows. What is older neither holds nor
 * clears a condition: one value beyond a limit, and silence after it, raises no alarm about the rate.
 */
export const VALUE_COUNTS_FOR_MS = 6_000;

/**
 * The most that one tick may move the machine's clock, ms. While the station itself was down nobody was silent:
 * a restart must not call a nurse to every bed.
 */
export const LONGEST_TICK_MS = 2_000;

export const RULE_NAMES = Object.keys(ALARM_RULES) as AlarmRule[];
