import type { AcknowledgeRecord, AlarmRule, EventRecord } from '@app/contracts';
import { advance } from './advance.js';
import { ALARM_RULES, PATIENT_RULES, WARD_RULES } from './alarm-rules.js';
import { type PatientAlarms, type RuleState, newRuleState } from './alarm-state.js';
import type { Moment } from './alarm-text.js';
import { armedOf } from './armed.js';
import { resumeAudio } from './audio.js';
import { heartRateCondition } from './heart-rate-condition.js';
import { isHeartRateRule, limitInForce } from './limit-in-force.js';
import type { PartitionState } from './partition-state.js';
import {
  batteryLow,
  checkPatient,
  clockImplausible,
  fallen,
  freshOf,
  noData,
  sensorOff,
  signalUnusable,
} from './patient-conditions.js';
import { ENDED, type Reading, UNKNOWN } from './reading.js';
import { silencerOf } from './silencing.js';
import { type Cause, type Transition, transitionOf } from './transitions.js';
import { escalationOf, isFurther, isReminderDue } from './unanswered.js';
import { silentOf, statusOf, wardCondition } from './ward-conditions.js';
import { writeEvent } from './write-event.js';

/** Looks at every rule of a patient (or a ward) once; returns what that changes, in order. */
export function evaluate(state: PatientAlarms, partition: PartitionState): EventRecord[] {
  const events: EventRecord[] = [];
  for (const rule of state.status === 'ward' ? WARD_RULES : PATIENT_RULES)
    events.push(...evaluateRule(rule, state, partition));
  for (const rule of Object.keys(state.alarms) as AlarmRule[])
    events.push(...unanswered(rule, state, partition));
  return events;
}

function evaluateRule(
  rule: AlarmRule,
  state: PatientAlarms,
  partition: PartitionState,
): EventRecord[] {
  const own = state.alarms[rule] ?? newRuleState(ALARM_RULES[rule].priority);
  const reading = readingOf(rule, own, state, partition);
  if (reading === 'off') {
    if (rule === 'fall' && state.fall !== null) state.fall.isAnswered = true;
    if (state.alarms[rule] === undefined) return [];
    const events = happen(rule, 'limit-off', state, partition);
    // What was seen of it counts no more: switched on again it begins anew.
    state.alarms[rule] = {
      ...newRuleState(ALARM_RULES[rule].priority),
      previousId: own.previousId,
    };
    return events;
  }
  const cause = advance(own, ALARM_RULES[rule], reading, partition.clockMs);
  if (state.alarms[rule] === undefined && own.presentSinceMs === null) return [];
  state.alarms[rule] = own;
  return happen(rule, cause, state, partition, { reading });
}

/** Lets something happen to an alarm; returns the events that it causes, none when it changes nothing. */
export function happen(
  rule: AlarmRule,
  cause: Cause | null,
  state: PatientAlarms,
  partition: PartitionState,
  details: { reading?: Reading; by?: AcknowledgeRecord; atMs?: number } = {},
): EventRecord[] {
  const own = state.alarms[rule];
  if (own === undefined || cause === null) return [];
  const transition = transitionOf(own.signal, cause, ALARM_RULES[rule].latching);
  if (transition === null) return [];
  const atMs = details.atMs ?? partition.tickMs ?? 0;
  const isCall = transition.change === 'raised' || transition.change === 'worsened';
  if (isCall) {
    beginCall(own, transition, partition.clockMs);
    own.silencedBy = silencerOf(rule, state, partition);
    if (rule === 'link-lost') own.namedPatients = silentOf(state.patient, partition);
  }
  own.changedMs = partition.clockMs;
  const event = writeEvent(momentOf(rule, own, state, partition), {
    change: transition.change,
    signal: transition.to,
    endedBecause: transition.endedBecause,
    reading: details.reading ?? null,
    by: details.by ?? null,
    atMs,
  });
  // A new alarm, or a higher one, breaks through a pause.
  const sound = isCall && event.silencedBy === null ? resumeAudio(state, 'new-alarm', atMs) : null;
  return sound === null ? [event] : [event, sound];
}

/** What comes back while latched was not answered: it goes on from where it was. All else begins at the bed. */
function beginCall(own: RuleState, { from }: Transition, clockMs: number): void {
  const calledMs = from === 'latched' ? Math.max(0, own.changedMs - own.callingSinceMs) : 0;
  own.callingSinceMs = clockMs - calledMs;
  if (from !== 'latched') own.escalation = 'bedside';
}

/** Who speaks for it, how far it has gone, whether it reminds. */
function unanswered(
  rule: AlarmRule,
  state: PatientAlarms,
  partition: PartitionState,
): EventRecord[] {
  const own = state.alarms[rule];
  if (own === undefined || own.last === null) return [];
  const { clockMs } = partition;
  const events: EventRecord[] = [];
  const silencedBy = silencerOf(rule, state, partition);
  if (silencedBy !== own.silencedBy) {
    const isSilenced = own.silencedBy !== null;
    own.silencedBy = silencedBy;
    // From one speaker to the next nothing changes for the ear.
    if (silencedBy === null) own.callingSinceMs = clockMs;
    if (silencedBy === null || !isSilenced)
      events.push(
        writeEvent(momentOf(rule, own, state, partition), {
          change: silencedBy === null ? 'unsilenced' : 'silenced',
          signal: own.signal,
          endedBecause: null,
          reading: null,
          by: null,
          atMs: partition.tickMs ?? 0,
        }),
      );
  }
  const step = escalationOf(own, clockMs);
  if (isFurther(step, own.escalation)) {
    own.escalation = step;
    events.push(...happen(rule, 'escalate', state, partition));
  }
  if (isReminderDue(own, clockMs)) events.push(...happen(rule, 'remind', state, partition));
  return events;
}

function readingOf(
  rule: AlarmRule,
  own: RuleState,
  state: PatientAlarms,
  partition: PartitionState,
): Reading | 'off' {
  const armed = armedOf(rule, state);
  if (armed === 'off') return 'off';
  const { clockMs } = partition;
  if (isHeartRateRule(rule)) {
    const limit = limitInForce(rule, state, partition);
    if (limit !== null && limit.bpm === null) return 'off';
    if (armed === 'unmonitored') return ENDED;
    const fresh = freshOf(state, clockMs);
    if (fresh === null || limit === null || limit.bpm === null) return UNKNOWN;
    return heartRateCondition(rule, limit.bpm, fresh, own);
  }
  const fresh = freshOf(state, clockMs);
  switch (rule) {
    case 'fall':
      return fallen(state);
    case 'check-patient':
      return checkPatient(state, clockMs);
    case 'no-data':
      return noData(state, clockMs);
    case 'signal-unusable':
      return signalUnusable(fresh, own);
    case 'sensor-off':
      return sensorOff(fresh);
    case 'battery-low':
      return batteryLow(fresh, own);
    case 'clock-implausible':
      return clockImplausible(fresh, own);
    case 'link-lost':
    case 'models-unavailable':
    case 'storage-degraded':
    case 'canary-missing':
    case 'ward-unwatched':
      return wardCondition(rule, statusOf(partition, state.patient.slice('ward:'.length)), own);
  }
}

function momentOf(
  rule: AlarmRule,
  own: RuleState,
  state: PatientAlarms,
  partition: PartitionState,
): Moment {
  const limit = isHeartRateRule(rule) ? limitInForce(rule, state, partition) : null;
  return { rule, own, state, partition, limit };
}
