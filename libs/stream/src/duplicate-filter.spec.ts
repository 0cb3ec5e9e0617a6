import { describe, expect, it } from '@jest/globals';
import { DuplicateFilter } from './duplicate-filter.js';
import { seededRandom, shuffledWithin } from './testing/seeded-order.js';

describe('DuplicateFilter', () => {
  it('lets every number through once, in any order and with copies', () => {
    const filter = new DuplicateFilter();
    const numbers = Array.from({ length: 2_000 }, (_, i) => 5_000 + i);
    const copies = numbers.filter((n) => n % 10 === 0);
    const sent = shuffledWithin(
      [...numbers, ...copies].toSorted((a, b) => a - b),
      40,
      seededRandom(1),
    );
    expect(sent.filter((n) => filter.isNew(n)).toSorted((a, b) => a - b)).toEqual(numbers);
  });

  it('knows what came before a restart, and numbers as large as the wire allows', () => {
    const filter = new DuplicateFilter();
    const largest = Number.MAX_SAFE_INTEGER;
    expect(filter.isNew(largest - 1)).toBe(true);
    const restored = new DuplicateFilter(structuredClone(filter.save()));
    expect(restored.isNew(largest - 1)).toBe(false);
    expect(restored.isNew(largest - 2)).toBe(true);
  });

  it('stays small when every second frame is lost, and forgets the oldest', () => {
    const filter = new DuplicateFilter();
    for (let n = 0; n < 10_000; n += 2) filter.isNew(n);
    expect(filter.save().length).toBeLessThanOrEqual(512);
    expect(filter.isNew(9_998)).toBe(false);
    expect(filter.isNew(0)).toBe(true);
  });
});
