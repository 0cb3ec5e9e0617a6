import { describe, expect, it } from '@jest/globals';
import { type WornSpan, wearerAt } from './wearer-at.js';

const spans: WornSpan[] = [
  { patient: 'anna', fromMs: 100, toMs: 200 },
  { patient: 'anna', fromMs: 200, toMs: 300 },
  { patient: 'bert', fromMs: 300, toMs: 400 },
  { patient: 'anna', fromMs: 500, toMs: null },
];

describe('wearerAt', () => {
  it.each([
    ['all of it in one wearing', 110, 190, 'anna'],
    ['from its first moment', 100, 150, 'anna'],
    ['over two wearings of one patient that touch', 150, 250, 'anna'],
    ['a wearing that goes on', 500, 9_999, 'anna'],
    ['up to a change', 310, 399, 'bert'],
  ])('is the patient: %s', (_, fromMs, toMs, patient) => {
    expect(wearerAt(spans, fromMs, toMs)).toEqual({ kind: 'patient', patient });
  });

  it.each([
    ['before anybody', 0, 50, 'not-admitted'],
    ['before and after the first moment', 99, 150, 'not-admitted'],
    ['between two wearings', 420, 480, 'not-admitted'],
    ['at the end of the last but one', 390, 420, 'not-admitted'],
    ['from one patient to the next', 299, 301, 'not-placed'],
    ['over a pause between two patients', 390, 510, 'not-placed'],
    ['any time at all', -Infinity, 9_999, 'not-placed'],
  ])('is nobody: %s', (_, fromMs, toMs, kind) => {
    expect(wearerAt(spans, fromMs, toMs)).toEqual({ kind });
  });

  it('is nobody over a pause between two wearings of one patient', () => {
    const pause = [
      { patient: 'anna', fromMs: 100, toMs: 200 },
      { patient: 'anna', fromMs: 210, toMs: null },
    ];
    expect(wearerAt(pause, 150, 250)).toEqual({ kind: 'not-admitted' });
    expect(wearerAt([], 0, 1)).toEqual({ kind: 'not-admitted' });
  });
});
