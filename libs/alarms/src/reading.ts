import type { AlarmCondition, AlarmPriority } from '@app/contracts';

/** What a rule sees of its patient at one moment. */
export interface Reading {
  /** `unknown` when the signal does not support an answer. */
  condition: AlarmCondition;
  /** Present, and not by the estimate alone: the whole interval is beyond the limit. */
  certain: boolean;
  /** How urgent it is now; null: as the table says. */
  priority: AlarmPriority | null;
  /** Present, and more than what was acknowledged: it calls again. */
  more: boolean;
  /** Absent by what somebody did: it ends without delay. */
  atOnce: boolean;
  /** Between the levels before it was signalled: the whole interval has not been beyond the limit all the time. */
  wavers: boolean;
}

const PLAIN = { certain: false, priority: null, more: false, atOnce: false, wavers: false };

export const UNKNOWN: Reading = { ...PLAIN, condition: 'unknown' };
/**
 * A number between the levels, of a condition that waits to be signalled: a rate at its limit goes to and fro. It does not
 * count as beyond, and does not begin the delay of the estimate anew either.
 */
export const WAVERING: Reading = { ...PLAIN, condition: 'unknown', wavers: true };
export const ABSENT: Reading = { ...PLAIN, condition: 'absent' };
export const ENDED: Reading = { ...PLAIN, condition: 'absent', atOnce: true };
export const PRESENT: Reading = { ...PLAIN, condition: 'present', certain: true };
/** Present by the estimate, with a part of its interval on the other side of the limit. */
export const LIKELY: Reading = { ...PLAIN, condition: 'present' };
