import { describe, expect, it } from '@jest/globals';
import type { AlarmEvent } from '@app/contracts';
import { alarmEvent } from '../station/patient-state.fixture.js';
import { changeWords, noteOf } from './change-words.js';

describe('changeWords', () => {
  it.each<[Partial<AlarmEvent>, string]>([
    [{ change: 'raised' }, 'Raised'],
    [{ change: 'acknowledged', acknowledgedBy: 'Noor' }, 'Acknowledged by Noor'],
    [{ change: 'worsened', priority: 'high' }, 'Worse: now high priority'],
    [{ change: 'condition-cleared' }, 'Condition over, not yet seen'],
    [{ change: 'ended', endedBecause: 'condition-over' }, 'Ended: the condition is over'],
    [
      { change: 'ended', endedBecause: 'acknowledged', acknowledgedBy: 'Noor' },
      'Ended: acknowledged by Noor',
    ],
    [{ change: 'ended' }, 'Ended'],
    [
      { change: 'silenced', silencedBy: 'heart-rate-extreme-high' },
      '“HR extremely high” speaks for it',
    ],
    [{ change: 'escalated', escalation: 'ward' }, 'Unanswered: every screen of the ward calls'],
    [
      { change: 'escalated', escalation: 'webhook' },
      'Unanswered for 5 min: goes outside the ward, where that is set up',
    ],
  ])('says of %j: %s', (changes, words) => {
    expect(changeWords(alarmEvent(changes))).toBe(words);
  });
});

describe('noteOf', () => {
  it('is said once, with the answer that it came with', () => {
    const seen = { acknowledgedBy: 'Noor', note: 'walking' };
    expect(noteOf(alarmEvent({ ...seen, change: 'acknowledged' }))).toBe('walking');
    expect(noteOf(alarmEvent({ ...seen, change: 'reminded' }))).toBeNull();
    expect(noteOf(alarmEvent({ ...seen, change: 'ended', endedBecause: 'condition-over' }))).toBe(
      null,
    );
    expect(noteOf(alarmEvent({ ...seen, change: 'ended', endedBecause: 'acknowledged' }))).toBe(
      'walking',
    );
  });
});
