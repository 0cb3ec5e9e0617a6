import { type AlarmEvent, type AlarmPriority, type AlarmRule, ESCALATION } from '@app/contracts';
import type { SoundPriority } from '../sound/burst.js';

/** Priority as text and word: never colour alone. */
export const PRIORITY_WORDS: Record<AlarmPriority, { mark: string; word: string }> = {
  high: { mark: '***', word: 'High' },
  medium: { mark: '**', word: 'Medium' },
  low: { mark: '*', word: 'Low' },
  info: { mark: '', word: 'Information' },
};

/**
 * What is wrong, as short as on a bedside monitor, where no limit was crossed; of the station, what it means for a nurse. What it
 * is technically, the alarm's own text says. At most 28 characters: a tile is not wider.
 */
const RULE_WORDS: Record<AlarmRule, string> = {
  'heart-rate-extreme-high': 'HR extremely high',
  'heart-rate-extreme-low': 'HR extremely low',
  'heart-rate-high': 'HR high',
  'heart-rate-low': 'HR low',
  fall: 'Fall?',
  'check-patient': 'Check patient',
  'no-data': 'No data',
  'signal-unusable': 'Signal unusable',
  'sensor-off': 'Sensor off',
  'battery-low': 'Battery low',
  'clock-implausible': 'Device clock wrong',
  'link-lost': 'No data from many patients',
  'models-unavailable': 'Heart rates less certain',
  'storage-degraded': 'History not up to date',
  'canary-missing': 'Alarms may not reach screens',
  'ward-unwatched': 'Nobody watches',
};

export function ruleWords(rule: AlarmRule): string {
  return RULE_WORDS[rule];
}

/** `HR 132 > 120`: the value that crossed, and the limit, as short as on a bedside monitor. */
export function alarmLine(alarm: AlarmEvent): string {
  const side = LIMIT_SIDES[alarm.rule];
  return side === undefined || alarm.valueBpm === null || alarm.limitBpm === null
    ? RULE_WORDS[alarm.rule]
    : `HR ${Math.round(alarm.valueBpm)} ${side} ${alarm.limitBpm}`;
}

const LIMIT_SIDES: Partial<Record<AlarmRule, '>' | '<'>> = {
  'heart-rate-extreme-high': '>',
  'heart-rate-extreme-low': '<',
  'heart-rate-high': '>',
  'heart-rate-low': '<',
};

/** A call that nobody has answered yet. It flashes and sounds, unless another one speaks for it. */
export function isCalling(alarm: AlarmEvent): boolean {
  return alarm.signal === 'on' || alarm.signal === 'latched';
}

/** A call for which no other alarm speaks: it flashes and sounds. */
export function isSpeaking(alarm: AlarmEvent): boolean {
  return isCalling(alarm) && (alarm.silencedBy ?? null) === null;
}

const PRIORITY_ORDER: readonly AlarmPriority[] = ['high', 'medium', 'low', 'info'];

export function priorityRank(priority: AlarmPriority): number {
  return PRIORITY_ORDER.indexOf(priority);
}

/** Unanswered calls first, after them those for which another speaks, then what was answered; each by priority, then the one that waits longest. */
export function alarmsFirst(alarms: readonly AlarmEvent[]): AlarmEvent[] {
  return alarms
    .filter(({ signal }) => signal !== 'off')
    .toSorted(
      (a, b) =>
        urgency(b) - urgency(a) ||
        priorityRank(a.priority) - priorityRank(b.priority) ||
        a.sinceMs - b.sinceMs ||
        (a.alarmId < b.alarmId ? -1 : 1),
    );
}

function urgency(alarm: AlarmEvent): number {
  return Number(isCalling(alarm)) + Number(isSpeaking(alarm));
}

/** The most urgent unanswered call, which decides the sound; null when all is quiet. */
export function loudest(alarms: readonly AlarmEvent[]): SoundPriority | null {
  const first = alarmsFirst(alarms).find(isSpeaking);
  return first === undefined || first.priority === 'info' ? null : first.priority;
}

/** `Acknowledged by AB`, or what else a nurse should know of the call; null while it is simply on. */
export function signalWords(alarm: AlarmEvent): string | null {
  switch (alarm.signal) {
    case 'ack':
      return `Acknowledged by ${alarm.acknowledgedBy ?? 'somebody'}`;
    case 'latched':
      return 'Over, not yet seen';
    case 'off':
      return 'Ended';
    case 'on':
      return silencedWords(alarm) ?? escalationWords(alarm);
  }
}

function silencedWords({ silencedBy }: AlarmEvent): string | null {
  const other = silencedBy ?? null;
  return other === null ? null : `“${ruleWords(other)}” speaks for it`;
}

/** How far a call has gone that nobody answers; null while it is young, or was answered. */
export function escalationWords({ signal, escalation, priority }: AlarmEvent): string | null {
  if (signal !== 'on') return null;
  switch (escalation ?? 'bedside') {
    case 'bedside':
      return null;
    case 'ward':
      return 'Unanswered: whole ward called';
    case 'webhook':
      return unansweredWords(priority);
  }
}

/** At the last step. That somebody outside was told is not said: a station without a webhook tells nobody. */
export function unansweredWords(priority: AlarmPriority): string {
  const { webhook } = priority === 'high' ? ESCALATION.high : ESCALATION.medium;
  return `Unanswered for ${webhook / 60_000} min`;
}
