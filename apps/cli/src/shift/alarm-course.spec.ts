import { describe, expect, it } from '@jest/globals';
import type { AlarmEvent } from '@app/contracts';
import { coursesOf } from './alarm-course.js';

function event(change: AlarmEvent['change'], count: number, more: Partial<AlarmEvent> = {}) {
  const of: Partial<AlarmEvent> = {
    id: `a:${count}`,
    alarmId: 'a',
    patient: 'P-01',
    rule: 'heart-rate-high',
    priority: 'medium',
    signal: change === 'ended' ? 'off' : 'on',
    change,
    text: 'HR 132',
    ...more,
  };
  return of as AlarmEvent;
}

const screen = (told: Record<string, number>, gone: Record<string, number> = {}) => ({
  told: new Map(Object.entries(told)),
  gone: new Map(Object.entries(gone)),
});

describe('coursesOf', () => {
  it('tells an alarm from its signal to its end, by when the screen had it', () => {
    const events = [
      event('raised', 0, { silencedBy: 'link-lost' }),
      event('unsilenced', 1),
      event('worsened', 2, { priority: 'high' }),
      event('ended', 3),
    ];
    const times = screen({ 'a:0': 10, 'a:1': 20, 'a:2': 30 }, { a: 40 });
    expect(coursesOf(events, times)).toMatchObject([
      {
        subject: 'P-01',
        priority: 'medium',
        silencedBy: 'link-lost',
        raisedMs: 10,
        unsilencedMs: 20,
        worsened: { priority: 'high', atMs: 30 },
        overMs: 40,
      },
    ]);
  });

  it('takes the time of the next event where two came together, and none where nothing came', () => {
    const events = [event('raised', 0), event('worsened', 1, { priority: 'high' })];
    expect(coursesOf(events, screen({ 'a:1': 12 }))).toMatchObject([{ raisedMs: 12 }]);
    expect(coursesOf(events, screen({}))).toMatchObject([{ raisedMs: null, overMs: null }]);
    const short = [event('raised', 0), event('ended', 1)];
    expect(coursesOf(short, screen({}, {}))).toMatchObject([{ raisedMs: null }]);
  });

  it('makes another one of what is raised again after it was over', () => {
    const events = [
      event('raised', 0),
      event('condition-cleared', 1, { signal: 'latched' }),
      event('raised', 2),
    ];
    const times = screen({ 'a:0': 10, 'a:1': 50, 'a:2': 70 });
    expect(coursesOf(events, times)).toMatchObject([
      { raisedMs: 10, overMs: 50 },
      { raisedMs: 70, overMs: null },
    ]);
  });

  it('keeps the alarms of two patients apart, and leaves out what began before', () => {
    const events = [
      event('raised', 0),
      event('raised', 0, { id: 'b:0', alarmId: 'b', patient: 'P-02' }),
      event('ended', 1),
      event('ended', 4, { id: 'c:4', alarmId: 'c' }),
    ];
    const times = screen({ 'a:0': 1, 'b:0': 2 }, { a: 3 });
    expect(coursesOf(events, times)).toMatchObject([
      { subject: 'P-01', overMs: 3 },
      { subject: 'P-02', overMs: null },
    ]);
  });
});
