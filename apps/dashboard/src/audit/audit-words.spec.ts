import { describe, expect, it } from '@jest/globals';
import { actionWords } from './audit-words.js';

describe('actions of the audit', () => {
  it.each([
    ['patient.off-ward', 'Patient: off ward'],
    ['session.opened', 'Session: opened'],
    ['limits.changed', 'Limits: changed'],
    ['started', 'Started'],
  ])('%s reads as %s', (action, words) => {
    expect(actionWords(action)).toBe(words);
  });
});
