import type { AcknowledgeRecord, AlarmEvent } from '@app/contracts';
import { ALARM_RULES, isHigher } from './alarm-rules.js';
import { type Moment, alarmText } from './alarm-text.js';
import { isHeartRateRule } from './limit-in-force.js';
import { sampleRangeOf } from './sample-range.js';
import type { Reading } from './reading.js';
import type { Transition } from './transitions.js';

/** What an event says beside the moment itself. */
export interface EventDetails {
  change: AlarmEvent['change'];
  signal: AlarmEvent['signal'];
  endedBecause: Transition['endedBecause'];
  /** When it is raised or has worsened: what was seen. */
  reading: Reading | null;
  by: AcknowledgeRecord | null;
  atMs: number;
}

/** Writes one change of an alarm, from what was true at its cause; enters it into the rule's state. */
export function writeEvent(moment: Moment, details: EventDetails): AlarmEvent {
  const { own, state, rule } = moment;
  const before = own.last ?? firstOf(moment, details.atMs);
  const isCause = details.change === 'raised' || details.change === 'worsened';
  const event: AlarmEvent = {
    ...before,
    ...(isCause ? causeOf(moment, details.reading) : {}),
    id: `${before.alarmId}:${own.count}`,
    condition: own.condition,
    signal: details.signal,
    change: details.change,
    atMs: details.atMs,
    limit: isHeartRateRule(rule) && moment.limit?.bpm === null ? 'off' : 'on',
    silencedBy: own.silencedBy,
    escalation: own.escalation,
    endedBecause: details.endedBecause,
    ...answerOf(before, details),
  };
  own.signal = details.signal;
  own.last = event;
  own.count++;
  own.priority = event.priority;
  if (details.signal === 'off') {
    own.previousId = event.alarmId;
    own.last = null;
    own.count = 0;
    own.priority = ALARM_RULES[rule].priority;
    own.escalation = 'bedside';
    own.silencedBy = null;
  }
  state.alarms[rule] = own;
  return event;
}

/** An acknowledgement counts until the alarm calls again. */
function answerOf(
  before: AlarmEvent,
  { change, by }: EventDetails,
): Pick<AlarmEvent, 'acknowledgedBy' | 'acknowledgedMs' | 'note'> {
  if (by !== null) return { acknowledgedBy: by.by, acknowledgedMs: by.atMs, note: by.note };
  if (change === 'raised' || change === 'worsened')
    return { acknowledgedBy: null, acknowledgedMs: null, note: null };
  const { acknowledgedBy, note } = before;
  return { acknowledgedBy, acknowledgedMs: before.acknowledgedMs ?? null, note };
}

/** What is the same in all events of an alarm. */
function firstOf({ rule, own, state }: Moment, atMs: number): AlarmEvent {
  const name = `${state.patient}:${rule}:${atMs}`;
  const { kind, priority } = ALARM_RULES[rule];
  return {
    type: 'alarm',
    id: name,
    // Two in one second: the second one gets a name of its own.
    alarmId: own.previousId?.replace(/\++$/, '') === name ? `${own.previousId}+` : name,
    patient: state.patient,
    origin: state.origin,
    rule,
    kind,
    priority,
    condition: own.condition,
    signal: 'off',
    change: 'raised',
    atMs,
    sinceMs: atMs,
    text: '',
    valueBpm: null,
    lowBpm: null,
    highBpm: null,
    limitBpm: null,
    quality: null,
    model: null,
    acknowledgedBy: null,
    note: null,
  };
}

/** What was true when it was raised, or has worsened. */
function causeOf(moment: Moment, reading: Reading | null): Partial<AlarmEvent> {
  const { rule, own, state, limit } = moment;
  const { latest } = state;
  const isRate = isHeartRateRule(rule);
  const now = reading?.priority ?? ALARM_RULES[rule].priority;
  const priority = own.last !== null && isHigher(own.last.priority, now) ? own.last.priority : now;
  return {
    priority,
    text: alarmText(moment),
    valueBpm: isRate ? (latest?.estimateBpm ?? null) : null,
    lowBpm: isRate ? (latest?.lowBpm ?? null) : null,
    highBpm: isRate ? (latest?.highBpm ?? null) : null,
    limitBpm: isRate ? (limit?.bpm ?? null) : null,
    limitBecause: isRate ? (limit?.because ?? null) : null,
    quality: latest?.quality ?? null,
    model: latest?.model ?? null,
    withheld: latest?.withheld ?? null,
    activity: latest?.activity ?? null,
    samples: sampleRangeOf(rule, state),
  };
}
