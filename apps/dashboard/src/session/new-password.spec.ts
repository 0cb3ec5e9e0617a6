import { describe, expect, it } from '@jest/globals';
import { passwordProblem, repetitionProblem } from './new-password.js';

describe('a new password', () => {
  it('is long enough, and not too long', () => {
    expect(passwordProblem('ward 3 east')).toBeNull();
    expect(passwordProblem('short')).toBe('5 of at least 10 characters.');
    expect(passwordProblem('x'.repeat(201))).toBe('At most 200 characters, these are 201.');
  });

  it('counts characters as people do', () => {
    expect(passwordProblem('🫀'.repeat(9))).toBe('9 of at least 10 characters.');
    expect(passwordProblem('é'.normalize('NFD').repeat(9))).toBe('9 of at least 10 characters.');
  });

  it('is more than spaces', () => {
    expect(passwordProblem(' '.repeat(12))).toBe('Spaces alone are no password.');
  });

  it('is typed twice the same', () => {
    expect(repetitionProblem('ward 3 east', 'ward 3 east')).toBeNull();
    expect(repetitionProblem('ward 3 east', 'ward 3 West')).toBe('The two are not the same.');
  });
});
