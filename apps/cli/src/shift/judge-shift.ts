import type { AlarmPriority, AlarmRule } from '@app/contracts';
import type { ExpectedAlarm } from '@app/ward';
import { clearDelayOf, raiseDelayOf, worsenDelayOf } from './disclosed-delay.js';

/** An alarm of the run; times are when the screen had it, s of the scenario of its patient or ward. Null: never. */
export interface SeenAlarm {
  rule: AlarmRule;
  priority: AlarmPriority;
  text: string;
  silencedBy: AlarmRule | null;
  raisedSeconds: number | null;
  unsilencedSeconds: number | null;
  worsened: { priority: AlarmPriority; atSeconds: number | null } | null;
  overSeconds: number | null;
}

/** What a patient (or ward) of the scenario should have had, and what came. */
export interface Subject {
  subject: string;
  note: string;
  expected: readonly ExpectedAlarm[];
  seen: readonly SeenAlarm[];
}

export type ShiftFaultKind =
  | 'missing'
  | 'extra'
  | 'unseen' // recorded, and no screen was told
  | 'early'
  | 'late'
  | 'priority'
  | 'speaker' // called although another should speak for it, or the other way round
  | 'worsening'
  | 'end';

export interface ShiftFault {
  kind: ShiftFaultKind;
  text: string;
}

/** One expected alarm beside the one that came for it; an alarm too many has no expectation. */
export interface Judgement {
  subject: string;
  note: string;
  expected: ExpectedAlarm | null;
  seen: SeenAlarm | null;
  /** From the change of the patient to the screen, less what is disclosed for the rule, s; null without an alarm. */
  beyondSeconds: number | null;
  faults: ShiftFault[];
}

/**
 * Holds the alarms of a patient or ward against what was expected: none missing, none too many, each in its time.
 * @param marginSeconds for the way to the screen: what may come on top of the disclosed delay.
 */
export function judge(subject: Subject, marginSeconds: number): Judgement[] {
  const { expected, seen, note } = subject;
  const left = seen.toSorted((a, b) => (a.raisedSeconds ?? 0) - (b.raisedSeconds ?? 0));
  const judged = expected
    .toSorted((a, b) => a.sinceSeconds - b.sinceSeconds)
    .map((one): Judgement => {
      const at = left.findIndex(({ rule }) => rule === one.rule);
      const [came = null] = at < 0 ? [] : left.splice(at, 1);
      const beyondSeconds = beyondOf(one, came);
      const faults = came === null ? [MISSING] : faultsOf(one, came, marginSeconds);
      return { subject: subject.subject, note, expected: one, seen: came, beyondSeconds, faults };
    });
  const extra = left.map((came): Judgement => ({
    subject: subject.subject,
    note,
    expected: null,
    seen: came,
    beyondSeconds: null,
    faults: [{ kind: 'extra', text: `nobody expected it: ${came.text}` }],
  }));
  return [...judged, ...extra];
}

const MISSING: ShiftFault = { kind: 'missing', text: 'it never came' };

function beyondOf({ rule, sinceSeconds }: ExpectedAlarm, seen: SeenAlarm | null): number | null {
  if (seen === null || seen.raisedSeconds === null) return null;
  return seen.raisedSeconds - sinceSeconds - raiseDelayOf(rule).mostSeconds;
}

function faultsOf(expected: ExpectedAlarm, seen: SeenAlarm, marginSeconds: number): ShiftFault[] {
  return [
    ...raised(expected, seen, marginSeconds),
    ...spokenFor(expected, seen),
    ...worsened(expected, seen, marginSeconds),
    ...ended(expected, seen, marginSeconds),
  ];
}

function raised(expected: ExpectedAlarm, seen: SeenAlarm, marginSeconds: number): ShiftFault[] {
  const { rule, sinceSeconds, priority } = expected;
  const faults: ShiftFault[] = [];
  if (seen.priority !== priority)
    faults.push({ kind: 'priority', text: `${seen.priority} in place of ${priority}` });
  const { raisedSeconds } = seen;
  if (raisedSeconds === null)
    return [...faults, { kind: 'unseen', text: 'no screen was told of it' }];
  const { leastSeconds, mostSeconds } = raiseDelayOf(rule);
  const earliest = (expected.notBeforeSeconds ?? sinceSeconds) + leastSeconds;
  if (raisedSeconds < earliest)
    faults.push({ kind: 'early', text: `${(earliest - raisedSeconds).toFixed(1)} s too early` });
  const late = raisedSeconds - sinceSeconds - mostSeconds - marginSeconds;
  if (late > 0) faults.push({ kind: 'late', text: `${late.toFixed(1)} s too late` });
  return faults;
}

function spokenFor(expected: ExpectedAlarm, seen: SeenAlarm): ShiftFault[] {
  const silencedBy = expected.silencedBy ?? null;
  if (seen.silencedBy !== silencedBy) {
    const who = (rule: AlarmRule | null) => (rule === null ? 'it should call itself' : rule);
    const text = `spoken for by ${seen.silencedBy ?? 'nobody'}; expected: ${who(silencedBy)}`;
    return [{ kind: 'speaker', text }];
  }
  if (silencedBy === null || seen.unsilencedSeconds === null) return [];
  const at = seen.unsilencedSeconds.toFixed(1);
  return [{ kind: 'speaker', text: `it called at ${at} s, when ${silencedBy} had ended` }];
}

function worsened(
  { rule, worsens }: ExpectedAlarm,
  seen: SeenAlarm,
  marginSeconds: number,
): ShiftFault[] {
  const fault = (text: string): ShiftFault[] => [{ kind: 'worsening', text }];
  if (worsens === undefined)
    return seen.worsened === null ? [] : fault(`it became ${seen.worsened.priority}`);
  if (seen.worsened === null) return fault(`it never became ${worsens.priority}`);
  if (seen.worsened.priority !== worsens.priority)
    return fault(`it became ${seen.worsened.priority} in place of ${worsens.priority}`);
  const { leastSeconds, mostSeconds } = worsenDelayOf(rule);
  const after = (seen.worsened.atSeconds ?? Number.POSITIVE_INFINITY) - worsens.sinceSeconds;
  if (after >= leastSeconds && after <= mostSeconds + marginSeconds) return [];
  return fault(`it became ${worsens.priority} after ${after.toFixed(1)} s`);
}

function ended(
  { rule, overSeconds }: ExpectedAlarm,
  seen: SeenAlarm,
  marginSeconds: number,
): ShiftFault[] {
  const fault = (text: string): ShiftFault[] => [{ kind: 'end', text }];
  if (overSeconds === undefined)
    return seen.overSeconds === null ? [] : fault(`it ended at ${seen.overSeconds.toFixed(1)} s`);
  if (seen.overSeconds === null) return fault('it never ended');
  const { leastSeconds, mostSeconds } = clearDelayOf(rule);
  const after = seen.overSeconds - overSeconds;
  if (after >= leastSeconds && after <= mostSeconds + marginSeconds) return [];
  return fault(`it ended ${after.toFixed(1)} s after it was over`);
}
