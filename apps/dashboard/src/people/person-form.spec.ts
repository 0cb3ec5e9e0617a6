import { describe, expect, it } from '@jest/globals';
import { type PersonForm, personOf, personProblems } from './person-form.js';

const nurse: PersonForm = { name: ' Mia Koch ', role: 'nurse', all: false, wards: ['main'] };

describe('a person', () => {
  it('has a name and a ward', () => {
    expect(personProblems(nurse, ['Anna Berg'])).toEqual({});
    expect(personProblems({ ...nurse, name: ' ', wards: [] }, [])).toEqual({
      name: 'What is the name?',
      wards: 'Which ward?',
    });
    expect(personProblems({ ...nurse, all: true, wards: [] }, [])).toEqual({});
  });

  it('has a name of their own, as it is signed in by it', () => {
    expect(personProblems(nurse, ['mia koch'])).toHaveProperty('name');
  });

  it('is sent trimmed', () => {
    expect(personOf(nurse)).toEqual({ name: 'Mia Koch', role: 'nurse', wards: ['main'] });
    expect(personOf({ ...nurse, all: true }).wards).toBe('all');
  });
});
