import { describe, expect, it } from '@jest/globals';
import { staysAfter } from './kept.js';

describe('what was read before', () => {
  it.each([401, 403, 404])('goes when the station answers %d', (status) => {
    expect(staysAfter(status)).toBe(false);
  });

  it.each([0, 429, 500, 503])(
    'stays through trouble that says nothing about access: %d',
    (status) => {
      expect(staysAfter(status)).toBe(true);
    },
  );
});
