import { describe, expect, it } from '@jest/globals';
import { alarmEvent } from '../station/patient-state.fixture.js';
import { alarmFacts } from './alarm-facts.js';

describe('alarmFacts', () => {
  it('are the value, the limit and why, activity, quality and model of that moment', () => {
    const event = alarmEvent({
      valueBpm: 131.6,
      lowBpm: 128.2,
      highBpm: 136.9,
      limitBpm: 130,
      limitBecause: 'walking',
      activity: 'walking',
      quality: 0.91,
      model: { name: 'hr-bami', version: '1.0.0' },
      samples: { device: 'watch-1', bootId: 'b', fromMonotonicUs: 0, toMonotonicUs: 20e6 },
    });
    expect(alarmFacts(event)).toEqual([
      ['Heart rate', '132 BPM (128–137)'],
      ['Limit', '130 BPM, moved while walking'],
      ['Condition', 'Present'],
      ['Activity', 'Walking'],
      ['Signal quality', 'Good, 91 %'],
      ['Model', 'hr-bami 1.0.0'],
      ['Device', 'watch-1'],
    ]);
  });

  it('say why a number was not shown, and leave out what there is none of', () => {
    const event = alarmEvent({
      rule: 'no-data',
      valueBpm: null,
      lowBpm: null,
      highBpm: null,
      limitBpm: null,
      quality: null,
      condition: 'unknown',
      withheld: 'gap',
    });
    expect(alarmFacts(event)).toEqual([
      ['Heart rate', 'No number: samples are missing'],
      ['Condition', 'Unknown: nothing says that it is over'],
    ]);
    expect(alarmFacts(alarmEvent({ withheld: 'uncertain' }))[0]?.[1]).toBe(
      '132 BPM (128–137), not shown: too uncertain to show',
    );
  });
});
