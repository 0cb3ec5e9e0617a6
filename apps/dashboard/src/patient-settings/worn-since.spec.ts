import { describe, expect, it } from '@jest/globals';
import { wornSince } from './worn-since.js';

const at = (text: string) => Date.parse(text);
const NOW = at('2026-03-05T12:00:30');
const ADMITTED = at('2026-03-05T10:15:20');

describe('since when a device is worn', () => {
  it('is now where nothing is said', () => {
    expect(wornSince('', NOW, ADMITTED)).toEqual({ ok: true, sinceMs: null });
  });

  it('is what was typed, in local time', () => {
    expect(wornSince('2026-03-05T11:30', NOW, ADMITTED)).toEqual({
      ok: true,
      sinceMs: at('2026-03-05T11:30'),
    });
  });

  it('is the admission itself in its minute', () => {
    expect(wornSince('2026-03-05T10:15', NOW, ADMITTED)).toEqual({ ok: true, sinceMs: ADMITTED });
  });

  it.each([
    ['2026-03-05T12:01', 'This time has not come yet.'],
    ['2026-03-05T10:14', 'The patient was not admitted yet then.'],
    ['yesterday', 'This is no time.'],
  ])('cannot be %s', (text, problem) => {
    expect(wornSince(text, NOW, ADMITTED)).toEqual({ ok: false, problem });
  });
});
