import { describe, expect, it } from '@jest/globals';
import { ClockOffset } from './clock-offset.js';
import { seededRandom } from './testing/seeded-order.js';

const TRUE_OFFSET_MS = 1_700_000_000_000;

describe('ClockOffset', () => {
  it('is not known before the first arrival', () => {
    expect(new ClockOffset().estimateMs).toBeNull();
  });

  it('finds the offset under jitter, whatever waits longest', () => {
    const random = seededRandom(4);
    const clock = new ClockOffset();
    for (let second = 1; second <= 120; second++) {
      const delay = 20 + 300 * random() + (random() < 0.1 ? 3_000 : 0);
      clock.observe(TRUE_OFFSET_MS + second * 1000 + delay, second * 1000);
    }
    expect(clock.estimateMs! - TRUE_OFFSET_MS).toBeGreaterThan(15);
    expect(clock.estimateMs! - TRUE_OFFSET_MS).toBeLessThan(50);
  });

  it.each([40e-6, -40e-6])('follows a clock that drifts by %f', (drift) => {
    const random = seededRandom(5);
    const clock = new ClockOffset();
    let offset = TRUE_OFFSET_MS;
    for (let second = 1; second <= 24 * 3600; second += 5) {
      offset = TRUE_OFFSET_MS + second * 1000 * drift;
      clock.observe(offset + second * 1000 + 30 + 50 * random(), second * 1000);
      if (second > 600) expect(Math.abs(clock.estimateMs! - offset)).toBeLessThan(80);
    }
    expect(Math.abs(offset - TRUE_OFFSET_MS)).toBeGreaterThan(3_000);
  });

  it('recovers within its horizon when the device clock stood still for a while', () => {
    const clock = new ClockOffset();
    for (let second = 1; second <= 60; second++)
      clock.observe(TRUE_OFFSET_MS + second * 1000, second * 1000);
    const slept = 5_000;
    for (let second = 61; second <= 800; second++) {
      clock.observe(TRUE_OFFSET_MS + slept + second * 1000, second * 1000);
    }
    expect(clock.estimateMs).toBeCloseTo(TRUE_OFFSET_MS + slept, -2);
  });

  describe('of which one was moved', () => {
    /** An hour of seconds; each says how late its frame comes. */
    const after = (late: (second: number) => number, until = 200, every = 1) => {
      const clock = new ClockOffset();
      for (let second = 1; second <= until; second += every)
        clock.observe(TRUE_OFFSET_MS + second * 1000 + 30 + late(second), second * 1000);
      return clock.estimateMs! - TRUE_OFFSET_MS - 30;
    };
    const from100 = (lateMs: number) => (second: number) => (second < 100 ? 0 : lateMs);

    it('follows a step forward of the station, or a sleep of the device, within 8 s', () => {
      expect(after(from100(60_000), 107)).toBeLessThan(20);
      expect(after(from100(60_000), 108)).toBe(60_000);
      const random = seededRandom(6);
      const jitter = (second: number) =>
        from100(60_000)(second) + 100 * random() + (random() < 0.1 ? 3_000 : 0);
      expect(after(jitter, 130)).toBeGreaterThan(59_990);
    });

    it.each([
      ['a difference of 10 s', from100(10_000)],
      ['a jam that is drained slowly', (s: number) => (s < 100 ? 0 : 60_000 - (s - 100) * 200)],
      ['a jam that is drained at once', (s: number) => (s < 100 || s > 140 ? 0 : (140 - s) * 1000)],
      ['a way that becomes slower and slower', (s: number) => (s < 100 ? 0 : (s - 100) * 300)],
      ['single frames', (s: number) => (s % 4 === 0 ? 0 : 60_000)],
    ])('does not follow %s', (_, late) => {
      expect(after(late)).toBeLessThan(50);
    });

    it('takes back at once what it has followed in error', () => {
      expect(after((second) => (second < 100 || second === 150 ? 0 : 60_000), 150)).toBeLessThan(
        20,
      );
    });

    it('needs frames that come one after the other', () => {
      expect(after(from100(60_000), 190, 30)).toBeLessThan(50);
    });

    it('goes on with what it has seen of a step after a restart', () => {
      let clock = new ClockOffset();
      for (let second = 1; second <= 108; second++) {
        clock = new ClockOffset(structuredClone(clock.save()));
        clock.observe(TRUE_OFFSET_MS + second * 1000 + from100(60_000)(second), second * 1000);
      }
      expect(clock.estimateMs).toBe(TRUE_OFFSET_MS + 60_000);
    });
  });

  it('keeps its last estimate while nothing comes, and a bounded memory', () => {
    const clock = new ClockOffset();
    for (let minute = 0; minute < 600; minute++)
      clock.observe(TRUE_OFFSET_MS + minute * 60_000, minute * 60_000);
    expect(clock.save().atMs.length).toBeLessThanOrEqual(10);
    expect(clock.estimateMs).toBeCloseTo(TRUE_OFFSET_MS, -2);
  });

  it('continues from its snapshot', () => {
    const clock = new ClockOffset();
    const whole = new ClockOffset();
    for (let second = 1; second <= 200; second++) {
      clock.observe(second * 1000 + (second % 7) * 30, second * 1000);
      whole.observe(second * 1000 + (second % 7) * 30, second * 1000);
    }
    const restored = new ClockOffset(structuredClone(clock.save()));
    for (let second = 201; second <= 900; second++) {
      restored.observe(second * 1000 + (second % 5) * 40, second * 1000);
      whole.observe(second * 1000 + (second % 5) * 40, second * 1000);
      expect(restored.estimateMs).toBe(whole.estimateMs);
    }
  });
});
