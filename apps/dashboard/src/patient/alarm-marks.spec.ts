import { expect, it } from '@jest/globals';
import { alarmEvent } from '../station/patient-state.fixture.js';
import { alarmMarks } from './alarm-marks.js';

const range = { fromMs: 0, toMs: 1000 };

it('marks what calls, by priority, one mark for what lies too near', () => {
  const events = [
    alarmEvent({ id: 'before', atMs: -1 }),
    alarmEvent({ id: 'low', priority: 'low', atMs: 0 }),
    alarmEvent({ id: 'seen', change: 'acknowledged', atMs: 10 }),
    alarmEvent({ id: 'high', priority: 'high', atMs: 43 }),
    alarmEvent({ id: 'again', priority: 'high', change: 'worsened', atMs: 43 }),
    alarmEvent({ id: 'next', priority: 'medium', atMs: 44 }),
    alarmEvent({ id: 'hint', priority: 'info', atMs: 500 }),
    alarmEvent({ id: 'after', atMs: 1001 }),
  ];
  const marks = alarmMarks(events, range, 1000, 44);
  expect(
    marks.map(({ xPx, first, alarms }) => [xPx, first.id, alarms.map(({ id }) => id)]),
  ).toEqual([
    [0, 'high', ['low', 'high', 'again']],
    [44, 'next', ['next']],
  ]);
});

it('never puts two marks nearer than they may be', () => {
  const events = Array.from({ length: 200 }, (_, i) => alarmEvent({ id: `e${i}`, atMs: i * 5 }));
  const marks = alarmMarks(events, range, 300, 44);
  expect(marks.flatMap(({ alarms }) => alarms)).toHaveLength(200);
  for (const [i, { xPx }] of marks.entries()) {
    if (i > 0) expect(xPx - (marks[i - 1]?.xPx ?? 0)).toBeGreaterThanOrEqual(44);
  }
});
