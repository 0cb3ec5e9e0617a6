import '../jitless.js';
import { type AlarmLimits, NO_LIMITS, alarmLimitsSchema } from '@app/contracts';

export type LimitName = keyof AlarmLimits;

/** As on the form, in its order. */
export const LIMIT_FIELDS: readonly { name: LimitName; words: string; hint: string }[] = [
  { name: 'heartRateHighBpm', words: 'High', hint: 'alarm above' },
  { name: 'heartRateLowBpm', words: 'Low', hint: 'alarm below' },
  {
    name: 'heartRateExtremeHighBpm',
    words: 'Extremely high',
    hint: 'alarm of high priority above',
  },
  { name: 'heartRateExtremeLowBpm', words: 'Extremely low', hint: 'alarm of high priority below' },
  { name: 'walkingHighBpm', words: 'High while walking', hint: 'in place of High, stairs too' },
  { name: 'runningHighBpm', words: 'High while running', hint: 'in place of High' },
];

/** What is typed: one text per limit, empty where it is off. */
export type LimitsForm = Record<LimitName, string>;

export function limitsForm(limits: AlarmLimits): LimitsForm {
  const text = (value: number | null) => (value === null ? '' : String(value));
  return {
    heartRateHighBpm: text(limits.heartRateHighBpm),
    heartRateLowBpm: text(limits.heartRateLowBpm),
    heartRateExtremeHighBpm: text(limits.heartRateExtremeHighBpm),
    heartRateExtremeLowBpm: text(limits.heartRateExtremeLowBpm),
    walkingHighBpm: text(limits.walkingHighBpm),
    runningHighBpm: text(limits.runningHighBpm),
  };
}

export type LimitsRead =
  { ok: true; limits: AlarmLimits } | { ok: false; problems: Partial<Record<LimitName, string>> };

/** The limits that are typed, held against the same rules as in the station. */
export function limitsOf(form: LimitsForm): LimitsRead {
  const limits: AlarmLimits = { ...NO_LIMITS };
  const problems: Partial<Record<LimitName, string>> = {};
  for (const { name } of LIMIT_FIELDS) {
    const text = form[name].trim();
    if (text === '') continue;
    const value = Number(text);
    if (Number.isFinite(value)) limits[name] = value;
    else problems[name] = 'Must be a number, or empty for off';
  }
  const read = alarmLimitsSchema.safeParse(limits);
  if (!read.success) {
    for (const { path, message } of read.error.issues) {
      const name = LIMIT_FIELDS.find((field) => field.name === path[0])?.name;
      if (name !== undefined) problems[name] ??= inWords(message);
    }
  }
  return Object.keys(problems).length === 0 ? { ok: true, limits } : { ok: false, problems };
}

/** The station's sentence with the words of the form in place of its own names. */
function inWords(message: string): string {
  const said = LIMIT_FIELDS.reduce(
    // Whole names only: `heartRateHighBpm` is no part of another, and must stay none.
    (text, { name, words }) => text.replace(new RegExp(`\\b${name}\\b`), `“${words}”`),
    message,
  );
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** `45–120, extremes 35–140, walking 130`; `off` where nothing is set. */
export function limitsWords(limits: AlarmLimits): string {
  const span = (low: number | null, high: number | null) => {
    if (low === null && high === null) return null;
    if (low === null) return `up to ${high}`;
    return high === null ? `from ${low}` : `${low}–${high}`;
  };
  const extreme = span(limits.heartRateExtremeLowBpm, limits.heartRateExtremeHighBpm);
  const parts = [
    span(limits.heartRateLowBpm, limits.heartRateHighBpm),
    extreme === null ? null : `extremes ${extreme}`,
    limits.walkingHighBpm === null ? null : `walking up to ${limits.walkingHighBpm}`,
    limits.runningHighBpm === null ? null : `running up to ${limits.runningHighBpm}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'off' : `${parts.join(', ')} BPM`;
}

export function sameLimits(a: AlarmLimits, b: AlarmLimits): boolean {
  return LIMIT_FIELDS.every(({ name }) => a[name] === b[name]);
}
