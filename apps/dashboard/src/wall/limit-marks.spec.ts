import { describe, expect, it } from '@jest/globals';
import { DEFAULT_WARD_LIMITS, NO_LIMITS } from '@app/contracts';
import { extremeWords, limitMarks, limitWords } from './limit-marks.js';

const RUNNING = { bpm: 135, because: 'running' } as const;

describe('limits on the scale', () => {
  it('are the ordinary and the extreme ones, lowest first', () => {
    expect(limitMarks(DEFAULT_WARD_LIMITS, null)).toEqual([
      { bpm: 35, kind: 'extreme', label: '35' },
      { bpm: 45, kind: 'limit', label: '45' },
      { bpm: 120, kind: 'limit', label: '120' },
      { bpm: 140, kind: 'extreme', label: '140' },
    ]);
    expect(limitMarks(NO_LIMITS, null)).toEqual([]);
    expect(limitMarks(null, RUNNING)).toEqual([]);
  });

  it('name the activity that moves the upper one, and never move an extreme one', () => {
    const marks = limitMarks(DEFAULT_WARD_LIMITS, RUNNING);
    expect(marks).toContainEqual({ bpm: 135, kind: 'moved', label: '135 running' });
    expect(marks).toContainEqual({ bpm: 140, kind: 'extreme', label: '' });
    expect(marks.some(({ bpm }) => bpm === 120)).toBe(false);
  });

  it('keep the number of an extreme one where there is room for it', () => {
    const labels = (heartRateExtremeHighBpm: number) =>
      limitMarks({ ...DEFAULT_WARD_LIMITS, heartRateExtremeHighBpm }, null).at(-1)?.label;
    expect(labels(129)).toBe('');
    expect(labels(130)).toBe('130');
  });
});

describe('limits in words', () => {
  it('say what holds now, and what else would', () => {
    expect(limitWords(DEFAULT_WARD_LIMITS, null)).toBe('45 to 120 BPM');
    expect(limitWords(DEFAULT_WARD_LIMITS, RUNNING)).toBe('45 to 135 BPM while running, else 120');
    expect(limitWords(NO_LIMITS, null)).toBe('off to off BPM');
    expect(limitWords(null, null)).toBe('—');
  });

  it('speak of extreme ones where there are any', () => {
    expect(extremeWords(DEFAULT_WARD_LIMITS)).toBe('35 and 140 BPM');
    expect(extremeWords({ ...NO_LIMITS, heartRateExtremeLowBpm: 35 })).toBe('35 and off BPM');
    expect(extremeWords(NO_LIMITS)).toBeNull();
    expect(extremeWords(null)).toBeNull();
  });
});
