import { describe, expect, it } from '@jest/globals';
import { rowsOfMany, wallSize } from './wall-size.js';

describe('the size of the wall', () => {
  it('is that of full tiles as long as they fit', () => {
    expect([0, 12, 24, 25, 64].map(wallSize)).toEqual(['few', 'few', 'few', 'many', 'many']);
  });

  it('has eight of the smaller ones in a row', () => {
    expect([25, 32, 33, 64, 65].map(rowsOfMany)).toEqual([4, 4, 5, 8, 9]);
  });
});
