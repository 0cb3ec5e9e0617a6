import { describe, expect, it } from '@jest/globals';
import type { PersonRole, Session } from '@app/contracts';
import type { Liveness } from '../station/liveness.js';
import type { SessionState } from '../session/session-store.js';
import { isWardDisplay, wallSound } from './wall-sound.js';

const lost = (overdue: boolean): Liveness => ({
  state: 'not-live',
  parts: ['connection'],
  sinceMs: 0,
  blank: true,
  overdue,
});
const as = (role: PersonRole): SessionState => ({
  state: 'signed-in',
  session: { role } as Session,
});

describe('a ward display', () => {
  it('calls by itself once its numbers are gone', () => {
    expect(wallSound(null, lost(false), true)).toBeNull();
    expect(wallSound(null, lost(true), true)).toBe('medium');
    expect(wallSound('low', lost(true), true)).toBe('medium');
    expect(wallSound('high', lost(true), true)).toBe('high');
  });

  it('is silent while it is live or waits, and so is every other screen', () => {
    expect(wallSound(null, { state: 'live' }, true)).toBeNull();
    expect(wallSound(null, { state: 'waiting' }, true)).toBeNull();
    expect(wallSound('low', lost(true), false)).toBe('low');
  });

  it('is one by its role, and stays one when the station ends its session', () => {
    expect(isWardDisplay(as('kiosk'), false)).toBe(true);
    expect(isWardDisplay(as('nurse'), true)).toBe(false);
    expect(isWardDisplay({ state: 'signed-out', ended: true }, true)).toBe(true);
    expect(isWardDisplay({ state: 'signed-out', ended: false }, true)).toBe(false);
    expect(isWardDisplay({ state: 'signed-out', ended: true }, false)).toBe(false);
    expect(isWardDisplay({ state: 'unknown' }, false)).toBe(false);
  });
});
