import { describe, expect, it } from '@jest/globals';
import { RangeSet } from './range-set.js';
import { seededRandom, shuffledWithin } from './testing/seeded-order.js';

describe('RangeSet', () => {
  it('agrees with a plain set for numbers in any order', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = seededRandom(seed);
      const plain = new Set<number>();
      const ranges = new RangeSet({ capacity: 1000, whenFull: 'forget' });
      for (let i = 0; i < 300; i++) {
        const value = Math.floor(random() * 200);
        expect(ranges.add(value)).toBe(!plain.has(value));
        plain.add(value);
      }
      for (let value = -1; value < 202; value++) expect(ranges.has(value)).toBe(plain.has(value));
    }
  });

  it('keeps a run of numbers, however shuffled, in one range', () => {
    const ranges = new RangeSet({ capacity: 64, whenFull: 'forget' });
    const numbers = Array.from({ length: 10_000 }, (_, i) => i + 77);
    for (const value of shuffledWithin(numbers, 20, seededRandom(3))) ranges.add(value);
    expect(ranges.save()).toEqual([77, 10_077]);
  });

  it.each([
    ['forget' as const, false],
    ['fill' as const, true],
  ])('when full it can %s the lowest numbers', (whenFull, lowest) => {
    let full = 0;
    const ranges = new RangeSet({ capacity: 3, whenFull, onFull: () => full++ });
    for (const value of [0, 2, 4, 6]) ranges.add(value);
    expect(ranges.ranges).toBe(3);
    expect(full).toBe(1);
    expect(ranges.has(0)).toBe(lowest);
    expect(ranges.has(1)).toBe(lowest);
    for (const value of [4, 6]) expect(ranges.has(value)).toBe(true);
  });

  it('continues from its snapshot, which later additions do not change', () => {
    const ranges = new RangeSet({ capacity: 8, whenFull: 'forget' });
    for (const value of [1, 2, 5]) ranges.add(value);
    const saved = ranges.save();
    ranges.add(3);
    expect(saved).toEqual([1, 3, 5, 6]);
    const restored = new RangeSet({ capacity: 8, whenFull: 'forget' }, saved);
    expect(restored.has(2)).toBe(true);
    expect(restored.has(3)).toBe(false);
  });
});
