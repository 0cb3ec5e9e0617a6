import type { AlarmEvent } from '@app/contracts';
import { priorityRank } from '../alarms/alarm-words.js';
import type { TimeRange } from './trend-view.js';

/** Alarms so near to each other on the trend that one mark has to stand for them. */
export interface AlarmMark {
  /** Where it stands, px from the left of the plot. */
  xPx: number;
  /** Oldest first. */
  alarms: readonly AlarmEvent[];
  /** The most urgent of them, the earlier one of equals. */
  first: AlarmEvent;
}

/** A change that begins a call: where an alarm is marked on the trend. */
export function isCall({ change, priority }: AlarmEvent): boolean {
  return (change === 'raised' || change === 'worsened') && priority !== 'info';
}

/**
 * Marks that do not lie on each other.
 * @param events oldest first
 * @param apartPx the least distance of two marks
 */
export function alarmMarks(
  events: readonly AlarmEvent[],
  { fromMs, toMs }: TimeRange,
  widthPx: number,
  apartPx: number,
): AlarmMark[] {
  const groups: { xPx: number; alarms: AlarmEvent[] }[] = [];
  for (const event of events) {
    if (!isCall(event) || event.atMs < fromMs || event.atMs > toMs) continue;
    const xPx = (widthPx * (event.atMs - fromMs)) / (toMs - fromMs);
    const last = groups.at(-1);
    if (last !== undefined && xPx - last.xPx < apartPx) last.alarms.push(event);
    else groups.push({ xPx, alarms: [event] });
  }
  return groups.map(({ xPx, alarms }) => {
    const [first] = alarms.toSorted((a, b) => priorityRank(a.priority) - priorityRank(b.priority));
    return { xPx, alarms, first: first as AlarmEvent };
  });
}
