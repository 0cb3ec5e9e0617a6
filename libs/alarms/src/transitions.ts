import type { AlarmChange, AlarmEnd, AlarmSignal } from '@app/contracts';

/** What can happen to a signal. */
export type Cause =
  | 'due' // the condition has been present for its delay
  | 'cleared' // the condition has been absent for its delay
  | 'worsened' // of higher priority than before
  | 'acknowledge' // by a person
  | 'answered' // what was acknowledged needs nothing more
  | 'limit-off' // the rule does not apply any more
  | 'discharged'
  | 'remind' // acknowledged for long, and not over
  | 'escalate'; // unanswered for long

export interface Transition {
  from: AlarmSignal;
  cause: Cause;
  /** Only for rules that latch, or do not; null: for all. */
  latching: boolean | null;
  to: AlarmSignal;
  change: AlarmChange;
  endedBecause: AlarmEnd | null;
}

const t = (
  from: AlarmSignal,
  cause: Cause,
  to: AlarmSignal,
  change: AlarmChange,
  more: { latching?: boolean; endedBecause?: AlarmEnd } = {},
): Transition => ({
  from,
  cause,
  latching: more.latching ?? null,
  to,
  change,
  endedBecause: more.endedBecause ?? null,
});

/** Every way in which a signal can change. What is not here changes nothing. */
export const TRANSITIONS: readonly Transition[] = [
  t('off', 'due', 'on', 'raised'),
  t('on', 'worsened', 'on', 'worsened'),
  t('on', 'escalate', 'on', 'escalated'),
  t('on', 'acknowledge', 'ack', 'acknowledged'),
  t('on', 'cleared', 'latched', 'condition-cleared', { latching: true }),
  t('on', 'cleared', 'off', 'ended', { latching: false, endedBecause: 'condition-over' }),
  t('on', 'limit-off', 'off', 'ended', { endedBecause: 'limit-off' }),
  t('on', 'discharged', 'off', 'ended', { endedBecause: 'discharged' }),
  t('latched', 'due', 'on', 'raised'),
  t('latched', 'acknowledge', 'off', 'ended', { endedBecause: 'acknowledged' }),
  t('latched', 'limit-off', 'off', 'ended', { endedBecause: 'limit-off' }),
  t('latched', 'discharged', 'off', 'ended', { endedBecause: 'discharged' }),
  t('ack', 'worsened', 'on', 'worsened'),
  t('ack', 'remind', 'ack', 'reminded'),
  t('ack', 'answered', 'off', 'ended', { endedBecause: 'acknowledged' }),
  t('ack', 'cleared', 'off', 'ended', { endedBecause: 'condition-over' }),
  t('ack', 'limit-off', 'off', 'ended', { endedBecause: 'limit-off' }),
  t('ack', 'discharged', 'off', 'ended', { endedBecause: 'discharged' }),
];

/** The way on from a signal, or null when the cause changes nothing. */
export function transitionOf(
  from: AlarmSignal,
  cause: Cause,
  isLatching: boolean,
): Transition | null {
  return (
    TRANSITIONS.find(
      (one) =>
        one.from === from &&
        one.cause === cause &&
        (one.latching === null || one.latching === isLatching),
    ) ?? null
  );
}
