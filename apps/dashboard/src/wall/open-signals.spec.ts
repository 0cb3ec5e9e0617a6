import { describe, expect, it } from '@jest/globals';
import { NO_SIGNALS, OPEN_SIGNALS_MAX, onlyOf, toggled } from './open-signals.js';

const names = (count: number) => Array.from({ length: count }, (_, i) => `P-${i}`);
const everybody = () => true;
const opened = (count: number) =>
  names(count).reduce((open, patient) => toggled(open, patient, everybody), NO_SIGNALS);

describe('running signals of a wall', () => {
  it('open and close, each by the same press', () => {
    expect(toggled(NO_SIGNALS, 'P-0', everybody).patients).toEqual(['P-0']);
    expect(toggled(opened(1), 'P-0', everybody)).toEqual(NO_SIGNALS);
  });

  it('are at most so many: the oldest makes room, and it is said whose that was', () => {
    expect(OPEN_SIGNALS_MAX).toBe(4);
    expect(opened(4)).toEqual({ patients: names(4), closed: null });
    expect(opened(5)).toEqual({ patients: names(5).slice(1), closed: 'P-0' });
    expect(toggled(opened(5), 'P-4', everybody)).toEqual({
      patients: ['P-1', 'P-2', 'P-3'],
      closed: null,
    });
  });

  it('of who has left take no place', () => {
    const isHere = (patient: string) => patient !== 'P-3';
    expect(toggled(opened(4), 'P-4', isHere)).toEqual({
      patients: ['P-0', 'P-1', 'P-2', 'P-4'],
      closed: null,
    });
    expect(toggled(opened(4), 'P-0', isHere).patients).toEqual(['P-1', 'P-2']);
  });

  it('end with who leaves', () => {
    const open = opened(3);
    expect(onlyOf(open, () => true)).toBe(open);
    expect(onlyOf(open, (patient) => patient !== 'P-1').patients).toEqual(['P-0', 'P-2']);
  });
});
