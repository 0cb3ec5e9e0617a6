import { describe, expect, it } from '@jest/globals';
import { activityWords } from './words.js';

describe('activityWords', () => {
  it('say the posture of who is at rest, where it is known', () => {
    expect(activityWords('rest', 'lying')).toBe('At rest, lying');
    expect(activityWords('rest', 'sitting')).toBe('At rest, sitting');
    expect(activityWords('rest', null)).toBe('At rest');
    expect(activityWords('walking', null)).toBe('Walking');
  });
});
