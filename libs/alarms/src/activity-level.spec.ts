import { describe, expect, it } from '@jest/globals';
import type { ActivityClass } from '@app/contracts';
import { levelOf, moveActivity } from './activity-level.js';
import type { ActivityLevel, ActivityMemory } from './alarm-state.js';

/** What counts after each of these, said every two seconds. */
function levels(said: ActivityLevel[], from: ActivityLevel = 'rest'): ActivityLevel[] {
  const memory: ActivityMemory = { level: from, rising: null, fallingSinceMs: null };
  return said.map((one, i) => {
    moveActivity(memory, one, 1_000_000 + 2_000 * i);
    return memory.level;
  });
}

const times = (count: number, said: ActivityLevel) => Array<ActivityLevel>(count).fill(said);

describe('what a window says', () => {
  it.each<[ActivityClass, number, ActivityLevel]>([
    ['running', 0.7, 'running'],
    ['running', 0.69, 'rest'],
    ['walking', 0.7, 'walking'],
    ['stairs', 1, 'walking'],
    ['stairs', 0.5, 'rest'],
    ['rest', 1, 'rest'],
    ['other', 1, 'rest'],
    ['unknown', 1, 'rest'],
  ])('%s with %d is %s', (name, confidence, level) => {
    const model = { name: 'a', version: '1' };
    expect(levelOf({ class: name, confidence, cadencePerMinute: null, model })).toBe(level);
  });
});

describe('what counts', () => {
  it('begins after 8 s', () => {
    expect(levels(times(5, 'running'))).toEqual([...times(4, 'rest'), 'running']);
    expect(levels(times(5, 'walking'))).toEqual([...times(4, 'rest'), 'walking']);
  });

  it('begins anew after a break', () => {
    const broken: ActivityLevel[] = [...times(4, 'running'), 'rest', ...times(4, 'running')];
    expect(levels(broken)).toEqual(times(9, 'rest'));
  });

  it('is the lesser of what was said in turns', () => {
    const turns: ActivityLevel[] = ['running', 'walking', 'running', 'running', 'running'];
    expect(levels(turns).at(-1)).toBe('walking');
    const other: ActivityLevel[] = ['walking', 'running', 'running', 'running', 'running'];
    expect(levels(other).at(-1)).toBe('walking');
  });

  it('rises further after another 8 s', () => {
    const said = [...times(5, 'walking'), ...times(5, 'running')];
    expect(levels(said)).toEqual([...times(4, 'rest'), ...times(5, 'walking'), 'running']);
  });

  it('ends after 30 s, and only then', () => {
    expect(levels(times(16, 'rest'), 'running')).toEqual([...times(15, 'running'), 'rest']);
    const back: ActivityLevel[] = [...times(15, 'rest'), 'running', ...times(15, 'rest')];
    expect(levels(back, 'running')).toEqual(times(31, 'running'));
    const soon: ActivityLevel[] = [...times(10, 'rest'), 'running', ...times(10, 'rest')];
    expect(levels(soon, 'running')).toEqual(times(21, 'running'));
    expect(levels(times(16, 'walking'), 'running').at(-1)).toBe('walking');
  });

  it('ends anew after it rose', () => {
    const said: ActivityLevel[] = [...times(15, 'rest'), 'running', ...times(15, 'rest')];
    expect(levels(said, 'walking')).toEqual(times(31, 'walking'));
  });

  it('falls by its own time twice', () => {
    const said = [...times(16, 'walking'), ...times(15, 'rest'), 'rest'] as ActivityLevel[];
    expect(levels(said, 'running').slice(15)).toEqual([...times(16, 'walking'), 'rest']);
  });
});
