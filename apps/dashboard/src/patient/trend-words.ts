import { dateAndTime, duration, timeOfDay } from '../words.js';
import { type TimeRange, type TrendView, rangeOf } from './trend-view.js';

/** Which time is shown, to stand in a sentence: `of the last 15 min`, `from 05 Mar 2026, 12:00:00 to 12:15:00`. */
export function viewWords(view: TrendView, nowMs: number): string {
  if (view.endMs === null) return `of the last ${spanWords(view.spanMs)}`;
  const { fromMs, toMs } = rangeOf(view, nowMs);
  const sameDay = new Date(fromMs).toDateString() === new Date(toMs).toDateString();
  return `from ${dateAndTime(fromMs)} to ${sameDay ? timeOfDay(toMs) : dateAndTime(toMs)}`;
}

/** `15 min`, `7 min 30 s`, `72 h`. */
function spanWords(spanMs: number): string {
  const hours = spanMs / 3_600_000;
  // A span that was chosen is in hours, not in days.
  if (hours >= 24 && Number.isInteger(hours)) return `${hours} h`;
  const restS = Math.round(spanMs / 1000) % 60;
  return spanMs < 10 * 60_000 && spanMs >= 60_000 && restS > 0
    ? `${duration(spanMs)} ${restS} s`
    : duration(spanMs);
}

const DAY_MS = 24 * 3_600_000;
const SECONDS_BELOW_MS = 10 * 60_000;

const SECONDS = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const MINUTES = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** A time beneath the trend, as fine as its span needs it; a day where one begins. */
export function axisTime(atMs: number, { fromMs, toMs }: TimeRange): string {
  const spanMs = toMs - fromMs;
  if (spanMs < SECONDS_BELOW_MS) return SECONDS.format(atMs);
  const minutes = MINUTES.format(atMs);
  return spanMs >= DAY_MS && minutes === '00:00' ? DAY.format(atMs) : minutes;
}
