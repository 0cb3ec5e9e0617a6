import type { LimitsPreview, PreviewedRule } from '@app/contracts';
import { ruleWords } from '../alarms/alarm-words.js';

/** What the limits would have meant, a line for each rule that they switch on. */
export interface PreviewLine {
  rule: PreviewedRule['rule'];
  words: string;
  /** `3 times` */
  alarms: string;
  /** `12 min together`; empty when there was none. */
  lasted: string;
}

export function previewLines({ rules }: LimitsPreview): PreviewLine[] {
  return rules.map(({ rule, alarms, minutes }) => ({
    rule,
    words: ruleWords(rule),
    alarms: alarms === 0 ? 'no alarm' : alarms === 1 ? 'once' : `${alarms} times`,
    lasted: alarms === 0 ? '' : `${minutesWords(minutes)} ${alarms === 1 ? 'long' : 'together'}`,
  }));
}

/** Of how much monitoring this was counted; a day without results promises nothing. */
export function monitoredWords({ monitoredMinutes }: LimitsPreview): string {
  return monitoredMinutes < 1
    ? 'There are no results of the last 24 h: nothing can be said.'
    : `Counted over ${minutesWords(monitoredMinutes)} with results.`;
}

/** `under 1 min`, `12 min`, `3 h 5 min` */
function minutesWords(minutes: number): string {
  const whole = Math.round(minutes);
  if (whole < 1) return 'under 1 min';
  if (whole < 60) return `${whole} min`;
  const rest = whole % 60;
  return rest === 0 ? `${whole / 60} h` : `${Math.floor(whole / 60)} h ${rest} min`;
}
