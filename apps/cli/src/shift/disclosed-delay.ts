import { ALARM_RULES, CHECK_PATIENT_MEDIUM_MS, totalDelayMs } from '@app/alarms';
import type { AlarmRule } from '@app/contracts';
import { WINDOW_STEP_MS } from '@app/vitals';

/** Results are so far apart, and the alarm machine's ticks, s. */
const WINDOW_STEP_SECONDS = WINDOW_STEP_MS / 1000;
const TICK_SECONDS = 1;

/** How soon after a condition begins its alarm may come, and how soon it must, by what is disclosed, s. */
export interface DisclosedDelay {
  leastSeconds: number;
  mostSeconds: number;
}

export function raiseDelayOf(rule: AlarmRule): DisclosedDelay {
  const { windowMs, qualityMs } = ALARM_RULES[rule];
  const mostSeconds = totalDelayMs(rule) / 1000;
  // what the table adds for window and belief is a most, the delay of the rule itself a promise
  const promised = mostSeconds - (windowMs + qualityMs) / 1000;
  return { leastSeconds: promised - WINDOW_STEP_SECONDS - TICK_SECONDS, mostSeconds };
}

/** The same for the end of an alarm. What is over shows in the first window, and the belief, that hold nothing of it. */
export function clearDelayOf(rule: AlarmRule): DisclosedDelay {
  const { clearDelayMs, qualityMs } = ALARM_RULES[rule];
  const clearSeconds = clearDelayMs / 1000;
  const windowSeconds = ALARM_RULES['heart-rate-high'].windowMs / 1000 + WINDOW_STEP_SECONDS;
  return {
    leastSeconds: clearSeconds - WINDOW_STEP_SECONDS - TICK_SECONDS,
    mostSeconds: clearSeconds + windowSeconds + qualityMs / 1000,
  };
}

/** The same for a higher priority, from when it is deserved; of `check-patient` from when the number went. */
export function worsenDelayOf(rule: AlarmRule): DisclosedDelay {
  const isTimed = rule === 'check-patient';
  const afterSeconds = isTimed ? CHECK_PATIENT_MEDIUM_MS / 1000 : 0;
  const { windowMs, qualityMs } = ALARM_RULES[rule];
  const seenSeconds = (windowMs + qualityMs) / 1000 + (isTimed ? 0 : WINDOW_STEP_SECONDS);
  return {
    leastSeconds: afterSeconds - WINDOW_STEP_SECONDS - TICK_SECONDS,
    mostSeconds: afterSeconds + seenSeconds,
  };
}
