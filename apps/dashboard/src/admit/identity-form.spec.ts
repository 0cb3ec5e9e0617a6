import { describe, expect, it } from '@jest/globals';
import { EMPTY_IDENTITY, identityOf, identityProblems, initialsOf } from './identity-form.js';

const TODAY = '2026-03-05';
const anna = { name: 'Anna Berg', birthDate: '1950-02-28', hospitalNumber: '', label: 'AB' };

describe('who a patient is', () => {
  it('needs a name and what stands on the wall, no more', () => {
    expect(identityProblems(EMPTY_IDENTITY, TODAY)).toEqual({
      name: 'Who is it?',
      label: 'What shall stand on the wall?',
    });
    expect(identityProblems({ ...anna, birthDate: '' }, TODAY)).toEqual({});
  });

  it.each([
    ['1950-02-30', 'This is no date.'],
    ['1950', 'This is no date.'],
    ['2026-03-06', 'This day has not come yet.'],
    ['0195-02-28', 'Before 1850?'],
  ])('finds a wrong birth date: %s', (birthDate, problem) => {
    expect(identityProblems({ ...anna, birthDate }, TODAY)).toEqual({ birthDate: problem });
  });

  it('takes today', () => {
    expect(identityProblems({ ...anna, birthDate: TODAY }, TODAY)).toEqual({});
  });

  it('is sent trimmed, with null for what is not known', () => {
    expect(
      identityOf({ name: ' Anna Berg ', birthDate: '', hospitalNumber: ' ', label: ' AB' }),
    ).toEqual({ name: 'Anna Berg', birthDate: null, hospitalNumber: null, label: 'AB' });
  });

  it('suggests initials', () => {
    expect(initialsOf('Anna Berg')).toBe('AB');
    expect(initialsOf('  Jean-Luc  d’Arc ')).toBe('JLD');
    expect(initialsOf('Ærø ßen')).toBe('ÆSS');
    expect(initialsOf('12')).toBe('');
  });
});
