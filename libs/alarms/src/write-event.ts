import type { AcknowledgeRecord, AlarmEvent } from '@app/contracts';
import { ALARM_RULES } from './alarm-rules.js';
import { type Moment, alarmText } from './alarm-text.js';
import { isHeartRateRule } from './limit-in-force.js';
import type { Reading } from './reading.js';
import { sampleRangeOf } from './sample-range.js';
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

/** What was true when an alarm was raised, or worsened: all its later events say it again. */
type AlarmCause = Pick<
  AlarmEvent,
  | ('priority' | 'text' | 'valueBpm' | 'lowBpm' | 'highBpm' | 'limitBpm' | 'limitBecause')
  | ('quality' | 'model' | 'withheld' | 'activity' | 'samples')
>;

/** Writes one change of an alarm and enters it into the rule's state. */
export function writeEvent(moment: Moment, details: EventDetails): AlarmEvent {
  const { own, state, rule } = moment;
  const { last } = own;
  const { change, signal, endedBecause, reading, atMs } = details;
  const isCause = last === null || change === 'raised' || change === 'worsened';
  const alarmId = last?.alarmId ?? nameOf(moment, atMs);
  const event: AlarmEvent = {
    ...(isCause ? causeOf(moment, reading) : last),
    type: 'alarm',
    id: `${alarmId}:${own.count}`,
    alarmId,
    patient: state.patient,
    origin: state.origin,
    rule,
    kind: ALARM_RULES[rule].kind,
    condition: own.condition,
    signal,
    change,
    atMs,
    sinceMs: last?.sinceMs ?? atMs,
    limit: moment.limit?.bpm === null ? 'off' : 'on',
    silencedBy: own.silencedBy,
    escalation: own.escalation,
    endedBecause,
    ...answerOf(last, details),
  };
  own.signal = signal;
  own.priority = event.priority;
  own.last = event;
  own.count++;
  if (signal === 'off') endIn(moment, alarmId);
  state.alarms[rule] = own;
  return event;
}

function endIn({ own, rule }: Moment, alarmId: string): void {
  own.previousId = alarmId;
  own.last = null;
  own.count = 0;
  own.priority = ALARM_RULES[rule].priority;
}

/** Who has acknowledged it; counts until the alarm calls again. */
function answerOf(
  last: AlarmEvent | null,
  { change, by }: EventDetails,
): Pick<AlarmEvent, 'acknowledgedBy' | 'acknowledgedMs' | 'note'> {
  if (by !== null) return { acknowledgedBy: by.by, acknowledgedMs: by.atMs, note: by.note };
  if (last === null || change === 'worsened')
    return { acknowledgedBy: null, acknowledgedMs: null, note: null };
  const { acknowledgedBy, acknowledgedMs = null, note } = last;
  return { acknowledgedBy, acknowledgedMs, note };
}

/** Two in one second: the second one gets a name of its own. */
function nameOf({ rule, own, state }: Moment, atMs: number): string {
  const name = `${state.patient}:${rule}:${atMs}`;
  const isTaken = own.previousId?.replace(/\++$/, '') === name;
  return isTaken ? `${own.previousId}+` : name;
}

function causeOf(moment: Moment, reading: Reading | null): AlarmCause {
  const { rule, state, limit } = moment;
  const { latest } = state;
  const rate = isHeartRateRule(rule) ? latest : null;
  return {
    priority: reading?.priority ?? ALARM_RULES[rule].priority,
    text: alarmText(moment),
    valueBpm: rate?.estimateBpm ?? null,
    lowBpm: rate?.lowBpm ?? null,
    highBpm: rate?.highBpm ?? null,
    limitBpm: limit?.bpm ?? null,
    limitBecause: limit?.because ?? null,
    quality: latest?.quality ?? null,
    model: latest?.model ?? null,
    withheld: latest?.withheld ?? null,
    activity: latest?.activity ?? null,
    samples: sampleRangeOf(rule, state),
  };
}
