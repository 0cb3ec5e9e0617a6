import { describe, expect, it } from '@jest/globals';
import { scenarioSchema } from '@app/ward';
import type { ShiftRun } from './run-shift.js';
import { ShiftClock } from './shift-clock.js';
import { printed, reportOf } from './shift-report.js';

const QUIET = scenarioSchema.parse({
  lastsSeconds: 30,
  expected: [],
  wearables: [
    {
      device: 'watch-01',
      patient: 'P-01',
      timeline: [{ atSeconds: 0, activity: 'rest', heartRateBpm: 70 }],
      expected: [],
    },
  ],
});

function reported(more: Partial<ShiftRun>) {
  const run: ShiftRun = {
    courses: [],
    clock: new ShiftClock(8),
    publishedMs: new Map(),
    resultMs: [120, 180],
    windows: 2,
    events: 0,
    isReplayEqual: true,
    ...more,
  };
  return reportOf(QUIET, 30, run, 1);
}

describe('the report of a shift', () => {
  it('is good when nothing was expected, nothing came, and every result was on the screen', () => {
    const report = reported({});
    expect(report).toMatchObject({ ok: true, quiet: ['P-01', 'ward:main'] });
    const text = printed(report);
    expect(text).toContain('Every result came to the screen.');
    expect(text).toContain('Exactly the expected alarms.');
  });

  it('is not when a result never came to the screen', () => {
    const report = reported({ windows: 3 });
    expect(report).toMatchObject({ ok: false, windows: { expected: 3, seen: 2 } });
    expect(printed(report)).toContain('1 of 3 RESULTS NEVER CAME TO THE SCREEN');
  });

  it('allows for one result in a hundred that was joined with the next', () => {
    const resultMs = Array.from({ length: 99 }, () => 120);
    expect(reported({ resultMs, windows: 100 }).ok).toBe(true);
    expect(reported({ resultMs, windows: 101 }).ok).toBe(false);
  });

  it('is not when a replay gives other events', () => {
    const report = reported({ isReplayEqual: false });
    expect(report.ok).toBe(false);
    expect(printed(report)).toContain('A REPLAY GIVES OTHER EVENTS');
  });
});
