import type { ActivityClass, Origin, Posture, Withheld } from '@app/contracts';

/** Why there is no number, for a nurse. */
export const WITHHELD_WORDS: Record<Withheld, string> = {
  'no-signal': 'No usable signal',
  gap: 'Samples are missing',
  'not-worn': 'Sensor is not worn',
  acquiring: 'Finding the pulse',
  uncertain: 'Too uncertain to show',
  disagreement: 'Two methods disagree',
};

export const ACTIVITY_WORDS: Record<ActivityClass, string> = {
  rest: 'At rest',
  walking: 'Walking',
  stairs: 'On stairs',
  running: 'Running',
  other: 'Moving',
  unknown: 'Unknown',
};

/** `At rest, sitting`; without a posture where the wrist is all that is known. */
export function activityWords(activity: ActivityClass, posture: Posture | null): string {
  return posture === null ? ACTIVITY_WORDS[activity] : `${ACTIVITY_WORDS[activity]}, ${posture}`;
}

/** What is not live says so, wherever it is shown. */
export const ORIGIN_WORDS: Record<Origin, string | null> = {
  live: null,
  simulated: 'SIMULATED',
  replay: 'REPLAY',
};

/** Four steps are as fine as a glance can tell. */
export function qualityWords(quality: number): { steps: 1 | 2 | 3 | 4; word: string } {
  if (quality >= 0.75) return { steps: 4, word: 'Good' };
  if (quality >= 0.5) return { steps: 3, word: 'Fair' };
  if (quality >= 0.25) return { steps: 2, word: 'Weak' };
  return { steps: 1, word: 'Poor' };
}

/** `4 s`, `2 min`, `3 h 5 min`, `2 d`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return `${Math.floor(hours / 24)} d`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** `now`, `4 s ago`. */
export function age(ms: number): string {
  return ms < 1000 ? 'now' : `${duration(ms)} ago`;
}

/** `0:42`, `12:05`, `1:02:09`: the running age of an alarm. */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

const TIME = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** `12:03:05` where the screen hangs. */
export function timeOfDay(atMs: number): string {
  return TIME.format(atMs);
}

const DATE_AND_TIME = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** `05 Mar 2026, 12:03:05` where the screen hangs. */
export function dateAndTime(atMs: number): string {
  return DATE_AND_TIME.format(atMs);
}

const DATE = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `5 Mar 1950` from `1950-03-05`; what is no such date, as it is. */
export function dateOfBirth(date: string): string {
  const atMs = Date.parse(date);
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(atMs) ? DATE.format(atMs) : date;
}

/** `2026-03-05` where the screen hangs. */
export function dayOf(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
