import type { AlarmEvent, AlarmPriority, AlarmRule } from '@app/contracts';

/** When a screen was told, ms of `performance.now()`. */
export interface ScreenTimes {
  /** By the id of the event. */
  readonly told: ReadonlyMap<string, number>;
  /** By the id of the alarm: since when it is no longer shown. */
  readonly gone: ReadonlyMap<string, number>;
}

/** One alarm from its signal to its end, with the times at which the screen had it, ms of `performance.now()`. */
export interface AlarmCourse {
  /** A patient, or `ward:` and its id. */
  subject: string;
  rule: AlarmRule;
  /** As it was raised. */
  priority: AlarmPriority;
  text: string;
  silencedBy: AlarmRule | null;
  /** Null: no screen was ever told. */
  raisedMs: number | null;
  /** It called although another one spoke for it when it was raised. */
  unsilencedMs: number | null;
  worsened: { priority: AlarmPriority; atMs: number | null } | null;
  /** Its condition ended; null: it is still there. */
  overMs: number | null;
  /** The event that raised it. */
  event: AlarmEvent;
}

/** Puts events, in the order of each patient, together to alarms. What is raised again after it was over is another one. */
export function coursesOf(events: readonly AlarmEvent[], screen: ScreenTimes): AlarmCourse[] {
  const courses: AlarmCourse[] = [];
  const open = new Map<string, AlarmCourse>();
  events.forEach((event, index) => {
    const atMs = shownMs(event, events.slice(index + 1), screen);
    const course = open.get(event.alarmId);
    if (course === undefined) {
      if (event.change !== 'raised') return;
      const begun = begin(event, atMs);
      open.set(event.alarmId, begun);
      courses.push(begun);
      return;
    }
    if (event.change === 'worsened') course.worsened = { priority: event.priority, atMs };
    if (event.change === 'unsilenced') course.unsilencedMs ??= atMs;
    if (event.change === 'condition-cleared' || event.change === 'ended') {
      course.overMs = atMs ?? course.raisedMs;
      open.delete(event.alarmId);
    }
  });
  return courses;
}

function begin(event: AlarmEvent, raisedMs: number | null): AlarmCourse {
  return {
    subject: event.patient,
    rule: event.rule,
    priority: event.priority,
    text: event.text,
    silencedBy: event.silencedBy ?? null,
    raisedMs,
    unsilencedMs: null,
    worsened: null,
    overMs: null,
    event,
  };
}

/** A screen is told of the newest event of each alarm: one that another follows at once may come with it. */
function shownMs(
  event: AlarmEvent,
  later: readonly AlarmEvent[],
  { told, gone }: ScreenTimes,
): number | null {
  for (const one of [event, ...later.filter(({ alarmId }) => alarmId === event.alarmId)]) {
    const atMs = told.get(one.id) ?? (one.signal === 'off' ? gone.get(one.alarmId) : undefined);
    if (atMs !== undefined) return atMs;
  }
  return null;
}
