import { describe, expect, it } from '@jest/globals';
import { episodesOf, lengthOf } from './reference-episodes.js';

/** `[seconds, BPM]` one after the other, from second 10 on. */
const curve = (...parts: [number, number][]) => ({
  fromS: 10,
  bpm: parts.flatMap(([seconds, bpm]) => Array.from({ length: seconds }, () => bpm)),
});

describe('episodesOf', () => {
  it('begins with the first moment beyond, and ends with the first one well inside', () => {
    expect(episodesOf(curve([20, 90], [40, 125], [60, 90]), 120)).toEqual([
      { onsetS: 30, dueS: 40, endS: 70, beyondS: 40, peakBpm: 125 },
    ]);
  });

  it.each([
    ['10 s are not over', 10, 0],
    ['they are', 11, 1],
  ])('asks for 10 s without a break: %s', (_, seconds, count) => {
    expect(episodesOf(curve([20, 90], [seconds, 121], [60, 90]), 120)).toHaveLength(count);
  });

  it('begins anew after a moment at the limit', () => {
    const bpm = curve([20, 90], [9, 121], [1, 120], [9, 121], [30, 90]);
    expect(episodesOf(bpm, 120)).toEqual([]);
  });

  it('stays between limit and clear level, once begun', () => {
    const [episode, ...rest] = episodesOf(curve([20, 90], [12, 121], [30, 118], [60, 90]), 120);
    expect(rest).toEqual([]);
    expect(episode).toMatchObject({ onsetS: 30, endS: 72, beyondS: 12 });
  });

  it.each([
    ['less than 10 s inside', 10, 1],
    ['longer', 11, 2],
  ])('is one episode when the rate goes beyond again: %s', (_, seconds, count) => {
    const bpm = curve([20, 90], [15, 121], [seconds, 117], [15, 121], [60, 90]);
    expect(episodesOf(bpm, 120)).toHaveLength(count);
  });

  it.each([
    [29, 29],
    [30, 30],
  ])('lasts as long as it does: %d s', (seconds, length) => {
    const [episode] = episodesOf(curve([20, 90], [seconds, 130], [60, 90]), 120);
    expect(lengthOf(episode!)).toBe(length);
  });

  it('ends with the curve at the latest, or where the rate was inside for good', () => {
    expect(episodesOf(curve([20, 130]), 120)).toMatchObject([{ onsetS: 10, endS: 29 }]);
    expect(episodesOf(curve([20, 130], [5, 90]), 120)).toMatchObject([{ onsetS: 10, endS: 30 }]);
    expect(episodesOf(curve([10, 130]), 120)).toEqual([]);
  });
});
