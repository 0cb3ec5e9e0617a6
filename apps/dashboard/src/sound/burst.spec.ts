import { describe, expect, it } from '@jest/globals';
import { BURSTS, PARTIALS, type Played, burstLengthS, dueBurst } from './burst.js';

const all = Object.entries(BURSTS);

describe('bursts', () => {
  it('have two times five, three and two pulses', () => {
    expect(all.map(([name, { pulses }]) => [name, pulses.length])).toEqual([
      ['high', 10],
      ['medium', 3],
      ['low', 2],
    ]);
    const starts = BURSTS.high.pulses.map(({ startS }) => startS);
    starts.slice(5).forEach((startS, i) => {
      expect(startS - starts[5]!).toBeCloseTo(starts[i]!, 9);
    });
  });

  it.each(all)('%s: pulses follow each other, and a pause follows the burst', (_, burst) => {
    burst.pulses.forEach((pulse, i) => {
      const next = burst.pulses[i + 1];
      if (next) expect(next.startS - (pulse.startS + pulse.lengthS)).toBeGreaterThanOrEqual(0.05);
    });
    expect(burst.repeatS - burstLengthS(burst)).toBeGreaterThan(2.5);
    expect(burst.level).toBeGreaterThan(0.3);
  });

  it.each(all)('%s: four peaks from 150 to 4000 Hz within 15 dB', (_, { pulses }) => {
    for (const { frequencyHz } of pulses) {
      expect(frequencyHz).toBeGreaterThanOrEqual(150);
      expect(frequencyHz).toBeLessThanOrEqual(1000);
      const heard = PARTIALS.filter((_level, i) => frequencyHz * (i + 1) <= 4000).toSorted(
        (a, b) => b - a,
      );
      expect(20 * Math.log10(heard[0]! / heard[3]!)).toBeLessThan(15);
    }
  });

  it('are sooner, faster and louder the more urgent they are', () => {
    const { high, medium, low } = BURSTS;
    expect(high.repeatS).toBeLessThan(medium.repeatS);
    expect(medium.repeatS).toBeLessThan(low.repeatS);
    expect(high.level).toBeGreaterThan(medium.level);
    expect(medium.level).toBeGreaterThan(low.level);
  });
});

describe('dueBurst', () => {
  const played = (priority: Played['priority'], atS = 100): Played => ({ priority, atS });

  it('starts at once and repeats after the pause', () => {
    expect(dueBurst('medium', null, 100)).toBe('medium');
    expect(dueBurst('medium', played('medium'), 111.9)).toBeNull();
    expect(dueBurst('medium', played('medium'), 112)).toBe('medium');
  });

  it('is silent when nobody calls', () => {
    expect(dueBurst(null, played('high'), 999)).toBeNull();
  });

  it('lets a higher call in at once and a lower one after the burst', () => {
    expect(dueBurst('high', played('medium'), 100.1)).toBe('high');
    expect(dueBurst('low', played('medium'), 100.1)).toBeNull();
    expect(dueBurst('low', played('medium'), 101.1)).toBe('low');
  });
});
