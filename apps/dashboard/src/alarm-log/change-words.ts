import type { AlarmEnd, AlarmEvent } from '@app/contracts';
import { PRIORITY_WORDS, ruleWords, unansweredWords } from '../alarms/alarm-words.js';

const END_WORDS: Record<AlarmEnd, string> = {
  'condition-over': 'Ended: the condition is over',
  acknowledged: 'Ended: acknowledged',
  'limit-off': 'Ended: its limit does not apply any more',
  discharged: 'Ended: discharged',
};

/** What one change of an alarm was, with who did it: `Acknowledged by Noor`. */
export function changeWords(event: AlarmEvent): string {
  const who = event.acknowledgedBy;
  const by = who === null ? '' : ` by ${who}`;
  switch (event.change) {
    case 'raised':
      return 'Raised';
    case 'acknowledged':
      return `Acknowledged${by}`;
    case 'worsened':
      return `Worse: now ${PRIORITY_WORDS[event.priority].word.toLowerCase()} priority`;
    case 'condition-cleared':
      return 'Condition over, not yet seen';
    case 'ended': {
      const because = event.endedBecause ?? null;
      if (because === null) return 'Ended';
      return because === 'acknowledged' ? `${END_WORDS[because]}${by}` : END_WORDS[because];
    }
    case 'silenced': {
      const other = event.silencedBy ?? null;
      return other === null ? 'Another alarm speaks for it' : `“${ruleWords(other)}” speaks for it`;
    }
    case 'unsilenced':
      return 'Speaks for itself again';
    case 'reminded':
      return `Reminder: acknowledged${by}, and still there`;
    case 'escalated':
      return event.escalation === 'webhook'
        ? `${unansweredWords(event.priority)}: goes outside the ward, where that is set up`
        : 'Unanswered: every screen of the ward calls';
  }
}

/** The note that came with this change; later changes repeat it in the record, not on the screen. */
export function noteOf({ change, endedBecause, note }: AlarmEvent): string | null {
  const isAnswer =
    change === 'acknowledged' || (change === 'ended' && endedBecause === 'acknowledged');
  return isAnswer ? note : null;
}
