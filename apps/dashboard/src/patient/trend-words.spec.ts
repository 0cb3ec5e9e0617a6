import { describe, expect, it } from '@jest/globals';
import { axisTime, viewWords } from './trend-words.js';

const HOUR_MS = 3_600_000;
/** Where this machine is. */
const at = (time: string) => Date.parse(time);

describe('viewWords', () => {
  it.each([
    [60_000, 'of the last 1 min'],
    [7.5 * 60_000, 'of the last 7 min 30 s'],
    [15 * 60_000, 'of the last 15 min'],
    [6 * HOUR_MS, 'of the last 6 h'],
    [72 * HOUR_MS, 'of the last 72 h'],
  ])('of %d ms up to now', (spanMs, words) => {
    expect(viewWords({ spanMs, endMs: null }, 0)).toBe(words);
  });

  it('names both ends of a view in the past', () => {
    const endMs = at('2026-03-05T12:15:00');
    expect(viewWords({ spanMs: 15 * 60_000, endMs }, endMs + 1)).toBe(
      'from 05 Mar 2026, 12:00:00 to 12:15:00',
    );
    expect(viewWords({ spanMs: 24 * HOUR_MS, endMs }, endMs + 1)).toBe(
      'from 04 Mar 2026, 12:15:00 to 05 Mar 2026, 12:15:00',
    );
  });
});

describe('axisTime', () => {
  it('is as fine as the span needs', () => {
    const noon = at('2026-03-05T12:00:00');
    const midnight = at('2026-03-05T00:00:00');
    const span = (ms: number) => ({ fromMs: 0, toMs: ms });
    expect(axisTime(noon, span(60_000))).toBe('12:00:00');
    expect(axisTime(noon, span(HOUR_MS))).toBe('12:00');
    expect(axisTime(midnight, span(HOUR_MS))).toBe('00:00');
    expect(axisTime(midnight, span(72 * HOUR_MS))).toBe('5 Mar');
  });
});
