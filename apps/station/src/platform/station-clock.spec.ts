import { describe, expect, it } from '@jest/globals';
import { StationClock } from './station-clock.js';

/** A machine whose clock can be set. */
function machine() {
  const at = { monotonicMs: 5_000, offsetMs: 1_000_000 };
  const clock = new StationClock(
    () => at.monotonicMs + at.offsetMs,
    () => at.monotonicMs,
  );
  const steps: number[] = [];
  clock.onStep((stepMs) => steps.push(stepMs));
  return {
    clock,
    steps,
    /** Seconds pass, looked at ten times each; returns the readings. */
    pass: (seconds: number): number[] =>
      Array.from({ length: seconds * 10 }, () => {
        at.monotonicMs += 100;
        return clock.nowMs();
      }),
    set: (ms: number): void => {
      at.offsetMs += ms;
    },
    systemMs: () => at.monotonicMs + at.offsetMs,
  };
}

const grows = (times: number[]) => times.every((time, i) => i === 0 || time > times[i - 1]!);

describe('StationClock', () => {
  it('follows the system', () => {
    const { clock, pass, systemMs, steps } = machine();
    pass(30);
    expect(clock.nowMs()).toBe(systemMs());
    expect(steps).toEqual([]);
  });

  it('goes forward with it within a second', () => {
    const { clock, pass, set, systemMs, steps } = machine();
    pass(3);
    set(86_400_000);
    expect(grows(pass(2))).toBe(true);
    expect(clock.nowMs()).toBe(systemMs());
    expect(steps).toEqual([86_400_000]);
    expect(clock.aheadMs).toBe(0);
  });

  it('waits at half its speed when the system was set back by up to a minute', () => {
    const { clock, pass, set, systemMs } = machine();
    pass(3);
    set(-10_000);
    const times = pass(30);
    expect(grows(times)).toBe(true);
    expect(times.at(-1)! - times[0]!).toBeLessThan(21_000);
    expect(Math.abs(clock.nowMs() - systemMs())).toBeLessThanOrEqual(1_050);
    expect(clock.aheadMs).toBeLessThanOrEqual(1_000);
  });

  it('goes on ahead, and says how far, when the system was set back by more', () => {
    const { clock, pass, set, steps } = machine();
    pass(3);
    set(-3_600_000);
    const times = pass(10);
    expect(grows(times)).toBe(true);
    expect(times.at(-1)! - times[0]!).toBeCloseTo(9_900, 6);
    expect(clock.aheadMs).toBeCloseTo(3_600_000, 6);
    expect(steps).toEqual([-3_600_000]);
    set(3_600_000);
    pass(2);
    expect(clock.aheadMs).toBe(0);
  });

  it('leaves small corrections to NTP', () => {
    const { clock, pass, set, steps } = machine();
    for (let i = 0; i < 5; i++) {
      set(8);
      pass(2);
    }
    expect(steps).toEqual([]);
    expect(clock.nowMs()).toBeGreaterThan(0);
  });
});
