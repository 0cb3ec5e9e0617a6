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
}

const PLAIN = { certain: false, priority: null, more: false, atOnce: false };

export const UNKNOWN: Reading = { ...PLAIN, condition: 'unknown' };
export const ABSENT: Reading = { ...PLAIN, condition: 'absent' };
export const ENDED: Reading = { ...PLAIN, condition: 'absent', atOnce: true };
export const PRESENT: Reading = { ...PLAIN, condition: 'present', certain: true };
/** Present by the estimate, with a part of its interval on the other side of the limit. */
export const LIKELY: Reading = { ...PLAIN, condition: 'present' };
