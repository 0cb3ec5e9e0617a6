import { describe, expect, it } from '@jest/globals';
import { intervalTail, motionExtent } from './interval-tails.js';

const moving = (rmsG: number) => ({ rmsG, peakG: 2 * rmsG });

describe('interval tails', () => {
  it('tells rest from walking and from hard movement', () => {
    expect([0.01, 0.06, 0.15, 0.3, 0.9].map((g) => motionExtent(moving(g)))).toEqual([
      'still',
      'still',
      'moderate',
      'moderate',
      'vigorous',
    ]);
  });

  it.each(['network', 'spectrum'] as const)(
    'leaves out less the harder the movement, and least when it is unknown: %s',
    (by) => {
      const [still, moderate, vigorous] = [0.01, 0.15, 0.9].map((g) => intervalTail(moving(g), by));
      expect(still).toBeGreaterThan(moderate!);
      expect(moderate).toBeGreaterThan(vigorous!);
      expect(intervalTail(null, by)).toBe(vigorous);
      // more than a quarter left out on a side would be no 90 % interval of any belief
      expect(still).toBeLessThan(0.25);
    },
  );
});
