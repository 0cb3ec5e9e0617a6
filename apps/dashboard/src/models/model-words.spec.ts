import { describe, expect, it } from '@jest/globals';
import {
  referenceWords,
  resultWords,
  rollbackCommand,
  shareWords,
  taskWords,
} from './model-words.js';

const RESULT = { measure: 'error', data: 'BAMI', protocol: 'by person' };

describe('the words of a model', () => {
  it('name its task, also one that this page does not know', () => {
    expect(taskWords('fall')).toBe('Falls, at the wrist');
    expect(taskWords('sleep')).toBe('sleep');
    expect(referenceWords('hr-all/1.0.0')).toBe('hr-all 1.0.0');
    expect(rollbackCommand('activityWaist')).toBe('vigil models rollback activityWaist');
  });

  it('give a result with its unit, and a share without one', () => {
    expect(resultWords({ ...RESULT, value: 1.058, unit: 'BPM' })).toBe('1.06 BPM');
    expect(resultWords({ ...RESULT, value: 0.9734, unit: '1' })).toBe('0.973');
    expect(resultWords({ ...RESULT, value: 0, unit: '1/h' })).toBe('0 1/h');
  });

  it('never round a few to none, nor nearly all to all', () => {
    expect([0, 0.004, 0.126, 0.996, 1].map(shareWords)).toEqual([
      '0 %',
      'under 1 %',
      '13 %',
      'over 99 %',
      '100 %',
    ]);
  });
});
