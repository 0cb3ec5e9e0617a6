import type { ModelFacts } from '@app/contracts';

const TASK_WORDS: Readonly<Record<string, string>> = {
  heartRate: 'Heart rate',
  activity: 'Activity, at the wrist',
  activityWaist: 'Activity and posture, at the waist or in a pocket',
  fall: 'Falls, at the wrist',
};

/** What a task of registry.json is; one that this page does not know, by its own name. */
export function taskWords(task: string): string {
  return TASK_WORDS[task] ?? task;
}

/** `hr-all 1.0.0` from `hr-all/1.0.0`. */
export function referenceWords(reference: string): string {
  return reference.replace('/', ' ');
}

/** What to type where the station runs. */
export function rollbackCommand(task: string): string {
  return `vigil models rollback ${task}`;
}

const VALUE = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });

/** `1.06 BPM`; without a unit where it is `1`, as of shares. */
export function resultWords({ value, unit }: ModelFacts['results'][number]): string {
  return unit === '1' ? VALUE.format(value) : `${VALUE.format(value)} ${unit}`;
}

/** `12 %`; what is a few is never said to be none, nor nearly all to be all. */
export function shareWords(share: number): string {
  if (share > 0 && share < 0.01) return 'under 1 %';
  if (share < 1 && share > 0.99) return 'over 99 %';
  return `${Math.round(share * 100)} %`;
}
