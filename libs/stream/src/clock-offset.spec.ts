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
