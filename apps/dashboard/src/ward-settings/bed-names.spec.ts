import { describe, expect, it } from '@jest/globals';
import { bedNames } from './bed-names.js';

const beds = (text: string) => {
  const read = bedNames(text);
  return read.ok ? read.beds : read.problem;
};

describe('names of beds', () => {
  it('are read as people write them', () => {
    expect(beds('1-4, W1 ,Window')).toEqual(['1', '2', '3', '4', 'W1', 'Window']);
    expect(beds('8 – 9')).toEqual(['8', '9']);
    expect(beds('A-1, A-2')).toEqual(['A-1', 'A-2']);
    expect(beds(' , ')).toEqual([]);
  });

  it('are refused with the part that is wrong', () => {
    expect(beds('4-1')).toMatch(/^“4-1”/);
    expect(beds('1-999')).toMatch(/^“1-999”/);
    expect(beds('1-3, 2')).toBe('“2” stands there twice.');
    expect(beds('a bed by the window')).toBe('“a bed by the window” is longer than 16 characters.');
  });
});
