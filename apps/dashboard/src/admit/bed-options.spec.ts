import { describe, expect, it } from '@jest/globals';
import { bedOptions } from './bed-options.js';

const beds = [
  { bed: '1', patient: 'p1' },
  { bed: '2', patient: null },
];

describe('beds to choose from', () => {
  it('are the free ones; taken ones are seen, and cannot be chosen', () => {
    expect(bedOptions({ beds })).toEqual([
      { value: '', words: 'No bed yet' },
      { value: '1', words: 'Bed 1 (taken)', disabled: true },
      { value: '2', words: 'Bed 2', disabled: false },
    ]);
  });

  it('include the own bed, listed or not', () => {
    expect(bedOptions({ beds }, '1')[1]).toEqual({ value: '1', words: 'Bed 1', disabled: false });
    expect(bedOptions({ beds }, 'X')[1]?.value).toBe('X');
  });
});
