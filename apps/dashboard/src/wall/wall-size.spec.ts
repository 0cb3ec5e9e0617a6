import { describe, expect, it } from '@jest/globals';
import { wallSize } from './wall-size.js';

describe('the size of the wall', () => {
  it('is that of full tiles as long as they fit', () => {
    expect([0, 12, 24, 25, 64].map(wallSize)).toEqual(['few', 'few', 'few', 'many', 'many']);
  });
});
