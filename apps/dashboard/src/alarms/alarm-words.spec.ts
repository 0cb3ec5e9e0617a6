import { describe, expect, it } from '@jest/globals';
import { ALARM_RULE_NAMES } from '@app/contracts';
import { alarmEvent } from '../station/patient-state.fixture.js';
import {
  alarmLine,
  alarmsFirst,
  escalationWords,
  loudest,
  ruleWords,
  signalWords,
} from './alarm-words.js';

describe('alarm words', () => {
  it('say value and limit', () => {
    expect(alarmLine(alarmEvent({ valueBpm: 131.6 }))).toBe('HR 132 > 120');
    const low = alarmEvent({ rule: 'heart-rate-low', valueBpm: 41, limitBpm: 45 });
    expect(alarmLine(low)).toBe('HR 41 < 45');
    expect(alarmLine(alarmEvent({ rule: 'no-data', valueBpm: null, limitBpm: null }))).toBe(
      'No data',
    );
  });

  it('fit on a tile, and tell what they mean where only an engineer knows the thing', () => {
    for (const rule of ALARM_RULE_NAMES) {
      expect([rule, ruleWords(rule).length <= 28]).toEqual([rule, true]);
      expect(ruleWords(rule)).not.toMatch(/canary|models?|storage|link|processor|broker/i);
    }
    expect(ruleWords('canary-missing')).toBe('Alarms may not reach screens');
  });

  it('name who acknowledged', () => {
    expect(signalWords(alarmEvent({ signal: 'ack', acknowledgedBy: 'AB' }))).toBe(
      'Acknowledged by AB',
    );
    expect(signalWords(alarmEvent())).toBeNull();
  });
});

describe('an unanswered alarm', () => {
  it('says how far it has gone', () => {
    const gone = (escalation: 'bedside' | 'ward' | 'webhook') =>
      escalationWords(alarmEvent({ escalation }));
    expect(gone('bedside')).toBeNull();
    expect(gone('ward')).toBe('Unanswered: whole ward called');
    expect(gone('webhook')).toBe('Unanswered for 5 min');
    const high = alarmEvent({ escalation: 'webhook', priority: 'high' });
    expect(escalationWords(high)).toBe('Unanswered for 1 min');
    expect(escalationWords(alarmEvent({ escalation: 'webhook', signal: 'ack' }))).toBeNull();
    expect(signalWords(alarmEvent({ escalation: 'ward' }))).toBe('Unanswered: whole ward called');
  });

  it('says which other alarm speaks for it', () => {
    expect(signalWords(alarmEvent({ silencedBy: 'check-patient' }))).toBe(
      '“Check patient” speaks for it',
    );
  });
});

describe('alarms first', () => {
  const alarms = [
    alarmEvent({ alarmId: 'seen', priority: 'high', signal: 'ack' }),
    alarmEvent({ alarmId: 'low', priority: 'low', sinceMs: 1 }),
    alarmEvent({ alarmId: 'young', priority: 'medium', sinceMs: 9 }),
    alarmEvent({ alarmId: 'old', priority: 'medium', sinceMs: 2, signal: 'latched' }),
    alarmEvent({ alarmId: 'gone', priority: 'high', signal: 'off' }),
  ];

  it('puts unanswered calls first, by priority, then age', () => {
    expect(alarmsFirst(alarms).map(({ alarmId }) => alarmId)).toEqual([
      'old',
      'young',
      'low',
      'seen',
    ]);
  });

  it('puts a call for which another one speaks behind it, and lets it be silent', () => {
    const silenced = alarmEvent({
      alarmId: 'silenced',
      priority: 'high',
      silencedBy: 'check-patient',
    });
    expect(alarmsFirst([silenced, ...alarms]).map(({ alarmId }) => alarmId)).toEqual([
      'old',
      'young',
      'low',
      'silenced',
      'seen',
    ]);
    expect(loudest([silenced])).toBeNull();
  });

  it('sounds for the most urgent unanswered one only', () => {
    expect(loudest(alarms)).toBe('medium');
    expect(loudest(alarms.slice(0, 1))).toBeNull();
    expect(loudest([alarmEvent({ priority: 'info' })])).toBeNull();
  });
});
