import type { AlarmPriority, AlarmRule } from '@app/contracts';
import type { ExpectedAlarm, Scenario } from '@app/ward';
import { type Percentiles, percentilesOf } from '../bench/percentiles.js';
import { PROVISIONED_WARD } from '../devices/provision-devices.js';
import { table } from '../output/table.js';
import type { AlarmCourse } from './alarm-course.js';
import { type Judgement, judge, type SeenAlarm, type Subject } from './judge-shift.js';
import type { ShiftRun } from './run-shift.js';

export interface ShiftReport {
  name: string;
  lastsSeconds: number;
  marginSeconds: number;
  /** Whether every alarm came as expected and nothing else, and the results on the screen, but for a few that were joined. */
  ok: boolean;
  judgements: Judgement[];
  /** Patients for whom no alarm was expected, and none came. */
  quiet: string[];
  /** From a change of the patient to the screen, less the disclosed delay, ms: how far each alarm was from too late. */
  beyondDisclosedMs: Percentiles | null;
  /** Of alarms about a window: from publishing the last sample of the newest window that they knew to the screen, ms. */
  publishToAlarmMs: Percentiles | null;
  /** From publishing a window's last sample to its result on the screen, ms. */
  publishToResultMs: Percentiles | null;
  windows: { expected: number; seen: number };
  events: number;
  isReplayEqual: boolean;
}

/** The gateway joins what comes together: where the machine stalls for 2 s, one of two results of a patient is never on a screen. */
const MOST_JOINED_SHARE = 0.01;

/** They are about what did not come: there is no window that they could follow. */
const OF_SILENCE: ReadonlySet<AlarmRule> = new Set(['no-data', 'check-patient', 'link-lost']);

export function reportOf(
  scenario: Scenario,
  lastsSeconds: number,
  run: ShiftRun,
  marginSeconds: number,
): ShiftReport {
  const subjects = subjectsOf(scenario, run);
  const judgements = subjects.flatMap((subject) => judge(subject, marginSeconds));
  const windows = { expected: run.windows, seen: run.resultMs.length };
  const beyondMs = judgements.flatMap(({ beyondSeconds }) =>
    beyondSeconds === null ? [] : [beyondSeconds * 1000],
  );
  return {
    name: scenario.name,
    lastsSeconds,
    marginSeconds,
    ok:
      run.isReplayEqual &&
      windows.expected - windows.seen <= MOST_JOINED_SHARE * windows.expected &&
      judgements.every(({ faults }) => faults.length === 0),
    judgements,
    quiet: subjects
      .filter(({ expected, seen }) => expected.length + seen.length === 0)
      .map(({ subject }) => subject),
    beyondDisclosedMs: percentilesOf(beyondMs),
    publishToAlarmMs: percentilesOf(run.courses.flatMap((course) => afterWindowMs(course, run))),
    publishToResultMs: percentilesOf(run.resultMs),
    windows,
    events: run.events,
    isReplayEqual: run.isReplayEqual,
  };
}

function subjectsOf(scenario: Scenario, { courses, clock }: ShiftRun): Subject[] {
  const ofPatients = scenario.wearables.map(({ device, patient, note = '', expected = [] }) => ({
    subject: patient,
    note,
    expected,
    seen: courses
      .filter(({ subject }) => subject === patient)
      .map((course) => seenOf(course, (ms) => clock.secondsOf(device, ms))),
  }));
  const ward = `ward:${PROVISIONED_WARD}`;
  const ofWard = {
    subject: ward,
    note: 'the ward as a whole',
    expected: scenario.expected ?? [],
    seen: courses
      .filter(({ subject }) => subject === ward)
      .map((course) => seenOf(course, (ms) => clock.secondsOfWard(ms))),
  };
  return [...ofPatients, ofWard];
}

function seenOf(course: AlarmCourse, secondsAt: (ms: number) => number): SeenAlarm {
  const at = (ms: number | null) => (ms === null ? null : secondsAt(ms));
  const { rule, priority, text, silencedBy, raisedMs, unsilencedMs, worsened, overMs } = course;
  return {
    rule,
    priority,
    text,
    silencedBy,
    raisedSeconds: at(raisedMs),
    unsilencedSeconds: at(unsilencedMs),
    worsened: worsened && { priority: worsened.priority, atSeconds: at(worsened.atMs) },
    overSeconds: at(overMs),
  };
}

const AFTER_US = 5e6;

function afterWindowMs({ event, raisedMs }: AlarmCourse, { publishedMs }: ShiftRun): number[] {
  const { samples } = event;
  if (raisedMs === null || !samples || OF_SILENCE.has(event.rule)) return [];
  const window = ((samples.toMonotonicUs - AFTER_US) / 1e6 - 8) / 2;
  const published = publishedMs.get(`${samples.device}/${samples.bootId}/${window}`);
  return published === undefined ? [] : [raisedMs - published];
}

const STARS: Record<AlarmPriority, string> = { high: '***', medium: '**', low: '*', info: '' };

/** The report as text for a terminal. */
export function printed(report: ShiftReport): string {
  const heading = ['patient', 'what must come', 'since', 'came', 'ended', 'beyond disclosed', ''];
  const rows = report.judgements.map(
    ({ subject, expected, seen, beyondSeconds, faults }): string[] => [
      subject,
      expected === null ? `nothing, but ${nameOf(seen)}` : nameOf(expected),
      expected === null ? '' : `${expected.sinceSeconds}`,
      seconds(seen?.raisedSeconds),
      seconds(seen?.overSeconds),
      seconds(beyondSeconds),
      faults.length === 0
        ? 'as expected'
        : faults.map(({ kind, text }) => `${kind.toUpperCase()}: ${text}`).join('; '),
    ],
  );
  const { windows, judgements } = report;
  const lost = windows.expected - windows.seen;
  const areAlarmsRight = judgements.every(({ faults }) => faults.length === 0);
  return [
    table([heading, ...rows], new Set([2, 3, 4, 5])).trimEnd(),
    report.quiet.length === 0
      ? ''
      : `no alarm expected, and none came: ${report.quiet.join(', ')}\n`,
    'Seconds of the scenario; *** high, ** medium, * low; (…) another alarm speaks for it.',
    `from a change of the patient to the screen, less the disclosed delay: ${figures(report.beyondDisclosedMs)}`,
    `from publishing the newest window's last sample to the alarm on the screen: ${figures(report.publishToAlarmMs)}`,
    `from publishing a window's last sample to its number on the screen: ${figures(report.publishToResultMs)} (${windows.seen} of ${windows.expected} windows)`,
    report.isReplayEqual
      ? `${report.events} events, and the same byte for byte in a replay`
      : 'A REPLAY GIVES OTHER EVENTS',
    lost === 0
      ? 'Every result came to the screen.'
      : `${lost} of ${windows.expected} RESULTS NEVER CAME TO THE SCREEN (up to 1 % may have been joined with the next)`,
    areAlarmsRight ? 'Exactly the expected alarms.' : 'NOT the expected alarms.',
    '',
  ].join('\n');
}

function nameOf(alarm: ExpectedAlarm | SeenAlarm | null): string {
  if (alarm === null) return '';
  const { rule, priority } = alarm;
  const silencedBy = alarm.silencedBy ?? null;
  const worsens = 'worsens' in alarm && alarm.worsens ? ` → ${STARS[alarm.worsens.priority]}` : '';
  const name = `${rule} ${STARS[priority]}${worsens}`;
  return silencedBy === null ? name : `(${name})`;
}

function seconds(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : value.toFixed(1);
}

function figures(of: Percentiles | null): string {
  if (of === null) return 'none came';
  const ms = (value: number) => `${Math.round(value)} ms`;
  return `p50 ${ms(of.p50)}, p95 ${ms(of.p95)}, p99 ${ms(of.p99)}, most ${ms(of.max)}`;
}
