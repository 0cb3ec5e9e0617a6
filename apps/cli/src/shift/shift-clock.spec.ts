import { describe, expect, it } from '@jest/globals';
import { ShiftClock } from './shift-clock.js';

describe('ShiftClock', () => {
  it('reads the seconds of a wearable, whatever it has lived at once or was late with', () => {
    const clock = new ShiftClock(8);
    for (let second = 1; second <= 8; second++) clock.lived('a', second, 5000);
    clock.lived('a', 9, 6400);
    clock.lived('a', 10, 7000);
    clock.lived('a', 11, 8900);
    expect(clock.secondsOf('a', 7500)).toBe(10.5);
    expect(clock.secondsOf('b', 7500)).toBeNaN();
  });

  it('takes for the ward the wearable that is furthest behind', () => {
    const clock = new ShiftClock(0);
    clock.lived('a', 1, 1000);
    clock.lived('b', 1, 1600);
    expect(clock.secondsOfWard(11_600)).toBe(11);
  });
});
