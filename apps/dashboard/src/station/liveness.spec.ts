import { describe, expect, it } from '@jest/globals';
import {
  type Evidence,
  livenessOf,
  lostCauses,
  lostWords,
  remembering,
  shownAgeMs,
} from './liveness.js';

const SERVER_MS = 1_790_000_000_000;

/** Evidence of a screen that heard and proved all at `atMs`, with parts that are so many ms behind. */
function seen(atMs: number, behind: { processor?: number | null; alarms?: number | null } = {}) {
  const tick = (ms: number | null) => (ms === null ? null : SERVER_MS + atMs - ms);
  return {
    openedMs: 0,
    heartbeat: {
      heardMs: atMs,
      message: {
        sequence: 1,
        serverMs: SERVER_MS + atMs,
        processorMs: tick(behind.processor === undefined ? 400 : behind.processor),
        alarmsMs: tick(behind.alarms === undefined ? 400 : behind.alarms),
        notices: [],
        canary: null,
      },
    },
    provenMs: atMs,
    liveUntilMs: null,
    distrustedSinceMs: null,
    distrustBlanks: false,
  } satisfies Evidence;
}

describe('livenessOf', () => {
  it('is live while heartbeats come and every part moves', () => {
    expect(livenessOf(seen(60_000), 60_900)).toEqual({ state: 'live' });
  });

  it('waits on a new page, and admits after 3 s that nothing came', () => {
    const nothing = {
      ...seen(0),
      heartbeat: null,
      provenMs: null,
      distrustedSinceMs: 0,
      distrustBlanks: true,
    };
    expect(livenessOf(nothing, 2900)).toEqual({ state: 'waiting' });
    expect(livenessOf(nothing, 3100)).toEqual({
      state: 'not-live',
      parts: ['connection'],
      sinceMs: null,
      blank: true,
      overdue: false,
    });
    expect(livenessOf(nothing, 9501)).toMatchObject({ overdue: true });
  });

  it('is not live past 3 s without a heartbeat, since the last one, and blank within 10 s', () => {
    expect(livenessOf(seen(60_000), 63_000).state).toBe('live');
    expect(livenessOf(seen(60_000), 63_001)).toEqual({
      state: 'not-live',
      parts: ['connection'],
      sinceMs: 60_000,
      blank: false,
      overdue: false,
    });
    expect(livenessOf(seen(60_000), 69_500)).toMatchObject({ blank: false, overdue: false });
    expect(livenessOf(seen(60_000), 69_501)).toMatchObject({ blank: true, overdue: true });
  });

  it('is as old as the last question that was answered, however fresh its heartbeats look', () => {
    const late = { ...seen(60_000), provenMs: 57_000 };
    expect(livenessOf(late, 60_000).state).toBe('live');
    expect(livenessOf(late, 60_001)).toMatchObject({ parts: ['connection'], sinceMs: 57_000 });
    expect(livenessOf({ ...late, provenMs: null }, 60_001)).toMatchObject({
      state: 'not-live',
      sinceMs: null,
      blank: true,
    });
  });

  it('is blank 10 s after it was live last, also when what came late is never older than 5 s', () => {
    let evidence: Evidence = remembering(seen(60_000), 60_000);
    const at = (nowMs: number) => {
      evidence = remembering({ ...evidence, provenMs: nowMs - 5000 }, nowMs);
      evidence = { ...evidence, heartbeat: seen(nowMs).heartbeat };
      return livenessOf(evidence, nowMs);
    };
    // Surely live was the tick of 400 ms before.
    expect(at(65_000)).toMatchObject({ state: 'not-live', sinceMs: 59_600, blank: false });
    expect(at(69_000)).toMatchObject({ sinceMs: 59_600, blank: false, overdue: false });
    expect(at(69_101)).toMatchObject({ sinceMs: 59_600, blank: true, overdue: true });
    evidence = remembering(seen(70_000), 70_000);
    expect(at(74_000)).toMatchObject({ sinceMs: 69_600, blank: false });
  });

  it.each(['processor', 'alarms'] as const)('names the %s when its ticks stand still', (part) => {
    expect(livenessOf(seen(60_000, { [part]: 2900 }), 60_050).state).toBe('live');
    expect(livenessOf(seen(60_000, { [part]: 2900 }), 60_101)).toMatchObject({
      state: 'not-live',
      parts: [part],
      sinceMs: 57_100,
      blank: false,
    });
    expect(livenessOf(seen(60_000, { [part]: 9600 }), 60_000)).toMatchObject({ blank: true });
  });

  it('tells of a stopped processor within 4 s of its stop, wherever heartbeats fall between ticks', () => {
    // The processor worked through the tick at 0 and was stopped right after it; heartbeats come once a second.
    for (let phase = 50; phase <= 1000; phase += 50) {
      const shownAt = Array.from({ length: 500 }, (_, i) => i * 10).find((nowMs) => {
        const sentMs = phase + Math.floor((nowMs - phase) / 1000) * 1000;
        return livenessOf(seen(sentMs, { processor: sentMs }), nowMs).state === 'not-live';
      });
      expect(shownAt).toBeLessThanOrEqual(3010);
    }
  });

  it('does not believe a tick of the future', () => {
    expect(livenessOf(seen(60_000, { processor: -500 }), 60_000).state).toBe('live');
    expect(livenessOf(seen(60_000, { processor: -3_600_000 }), 60_000)).toMatchObject({
      state: 'not-live',
      parts: ['processor'],
      blank: true,
    });
  });

  it('does not blame a part for a late heartbeat', () => {
    expect(livenessOf(seen(60_000, { processor: 1900 }), 62_900).state).toBe('live');
  });

  it('names every part that stopped, and only the connection when that is gone', () => {
    const both = { processor: 5000, alarms: 5000 };
    expect(livenessOf(seen(60_000, both), 60_000)).toMatchObject({
      parts: ['processor', 'alarms'],
    });
    expect(livenessOf(seen(60_000, both), 64_000)).toMatchObject({ parts: ['connection'] });
    expect(lostWords(['processor', 'alarms'])).toBe(
      'no new values come in, alarms are not worked out',
    );
    expect(lostCauses(['processor', 'alarms'])).toBe(
      'broker or processor stopped, alarm machine stopped',
    );
  });

  it('says that a part has never run', () => {
    expect(livenessOf(seen(2000, { processor: null }), 2000).state).toBe('live');
    expect(livenessOf(seen(5000, { processor: null }), 5000)).toMatchObject({
      state: 'not-live',
      parts: ['processor'],
      sinceMs: null,
    });
  });

  it('keeps the numbers for a moment after a missed update, and is not live without the repair', () => {
    const missed = { ...seen(60_000), distrustedSinceMs: 59_500 };
    expect(livenessOf(missed, 60_100).state).toBe('live');
    const unrepaired = { ...seen(63_000), distrustedSinceMs: 59_500 };
    expect(livenessOf(unrepaired, 63_100)).toMatchObject({
      state: 'not-live',
      parts: ['snapshot'],
      sinceMs: 59_500,
    });
  });

  it('shows nothing after the tab was hidden, until a snapshot came', () => {
    const shownAgain = { ...seen(60_000), distrustedSinceMs: 60_000, distrustBlanks: true };
    expect(livenessOf(shownAgain, 60_010)).toEqual({ state: 'waiting' });
    expect(livenessOf({ ...shownAgain, ...seen(63_000) }, 63_010)).toEqual({ state: 'live' });
  });
});

describe('shownAgeMs', () => {
  it('is the age of the oldest proof while live', () => {
    expect(shownAgeMs(seen(60_000), 60_000)).toBe(400);
    expect(shownAgeMs({ ...seen(60_000), provenMs: 58_000 }, 60_000)).toBe(2000);
  });

  it('counts on from the last moment that was live, until no number is shown', () => {
    const lost = remembering(seen(60_000), 60_000);
    expect(shownAgeMs(lost, 68_000)).toBe(8400);
    expect(shownAgeMs(lost, 70_000)).toBeNull();
  });

  it('is known of a part that has never run', () => {
    expect(shownAgeMs(seen(5000, { alarms: null }), 5000)).toBe(5000);
  });

  it('is none while fresh values are waited for', () => {
    const hidden = { ...seen(60_000), distrustedSinceMs: 60_000, distrustBlanks: true };
    expect(shownAgeMs(hidden, 61_000)).toBeNull();
  });
});
