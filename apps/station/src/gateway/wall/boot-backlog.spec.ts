import { describe, expect, it } from '@jest/globals';
import { type BootBacklog, afterBackfill, afterLive, backlogOf } from './boot-backlog.js';

const live = (window: number) => ({ window, endMs: 2000 * window + 8000 });
const hole = (from: number, to: number, atMs = 5) =>
  afterLive(undefined, from, live(to), null, atMs);

describe('the backlog of a boot', () => {
  it('is what the live lane has left out', () => {
    expect(backlogOf([hole(10, 311)])).toEqual({ seconds: 600, atMs: 5 });
    expect(backlogOf([hole(10, 26)])).toEqual({ seconds: 30, atMs: 5 });
    // The live lane itself answers the windows of a short gap.
    expect(hole(10, 25)).toBeUndefined();
    expect(backlogOf([undefined])).toBeNull();
  });

  it('shrinks as windows of it come, also those that come before the hole is seen', () => {
    let backlog: BootBacklog | undefined = afterBackfill(undefined, 60, 6);
    backlog = afterLive(backlog, 10, live(111), null, 7);
    expect(backlogOf([backlog])).toEqual({ seconds: 100, atMs: 7 });
    expect(backlogOf([afterBackfill(backlog, 61, 8)])).toEqual({ seconds: 98, atMs: 8 });
    expect(backlogOf([afterBackfill(backlog, 110, 9)])).toBeNull();
  });

  it('is not moved by a result that is repeated', () => {
    const backlog = afterBackfill(hole(10, 111), 60, 6);
    expect(afterBackfill(backlog, 60, 9)).toBe(backlog);
    expect(afterBackfill(backlog, 41, 9)).toBe(backlog);
  });

  it('adds up over holes and boots', () => {
    const two = afterLive(hole(10, 111), 200, live(301), null, 9);
    expect(backlogOf([two, hole(0, 101, 3)])).toEqual({ seconds: 600, atMs: 9 });
    expect(backlogOf([afterBackfill(two, 250, 10)])).toEqual({ seconds: 100, atMs: 10 });
  });

  it('of a boot that began unheard goes back to when the device was put on', () => {
    const first = (wornSinceMs: number | null) =>
      afterLive(undefined, null, live(300), wornSinceMs, 5);
    expect(backlogOf([first(0)])).toEqual({ seconds: 600, atMs: 5 });
    expect(backlogOf([first(408_000)])).toEqual({ seconds: 200, atMs: 5 });
    expect(first(608_000)).toBeUndefined();
    expect(first(null)).toBeUndefined();
  });

  it('remembers no more than the last holes', () => {
    let backlog: BootBacklog | undefined;
    for (let i = 0; i < 20; i++) backlog = afterLive(backlog, i * 100, live(i * 100 + 51), null, i);
    expect(backlogOf([backlog])).toEqual({ seconds: 8 * 100, atMs: 19 });
  });
});
