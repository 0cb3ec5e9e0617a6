import { describe, expect, it } from '@jest/globals';
import type { Session } from '@app/contracts';
import { isOutOfSight, mayName, sightOf } from './sight.js';

const UNTIL_MS = 10_000;

function session(changes: Partial<Session>): Session {
  const nobody = { emergency: [], acting: null, expiresMs: 1e9 };
  return { person: 'p1', name: 'Ada', role: 'nurse', wards: ['east'], ...nobody, ...changes };
}

const kiosk = session({
  role: 'kiosk',
  acting: { person: 'p2', name: 'Eve', role: 'nurse', wards: ['west'], untilMs: UNTIL_MS },
});

describe('the ward that a screen looks at', () => {
  it('is in sight while the session names it', () => {
    expect(isOutOfSight(session({}), 'east', 0)).toBe(false);
    expect(isOutOfSight(session({ wards: 'all' }), 'west', 0)).toBe(false);
    expect(isOutOfSight(session({ wards: [] }), 'east', 0)).toBe(true);
  });

  it('is lost to the second when emergency access ends', () => {
    const emergency = session({ emergency: [{ ward: 'west', untilMs: UNTIL_MS }] });
    expect(isOutOfSight(emergency, 'west', UNTIL_MS - 1)).toBe(false);
    expect(isOutOfSight(emergency, 'west', UNTIL_MS)).toBe(true);
  });

  it('is no other than that of the wall display once whoever acted there is done', () => {
    expect(isOutOfSight(kiosk, 'west', UNTIL_MS)).toBe(true);
    expect(isOutOfSight({ ...kiosk, acting: null }, 'west', 0)).toBe(true);
    expect(isOutOfSight(kiosk, 'east', UNTIL_MS)).toBe(false);
  });

  it('is not judged by a clock that is not known, nor where there is nothing to judge', () => {
    const emergency = session({ emergency: [{ ward: 'west', untilMs: UNTIL_MS }] });
    expect(isOutOfSight(emergency, 'west', null)).toBe(false);
    expect(isOutOfSight(kiosk, null, UNTIL_MS)).toBe(false);
    expect(isOutOfSight(null, 'west', UNTIL_MS)).toBe(false);
  });
});

describe('a name that was read', () => {
  const acting = { person: 'p2', name: 'Eve', role: 'nurse' as const, untilMs: UNTIL_MS };
  const display = session({ role: 'kiosk', acting: { ...acting, wards: ['east'] } });

  it('is shown at a wall display while somebody acts there who may see it', () => {
    expect(mayName(display, 'east', 'east', UNTIL_MS - 1)).toBe(true);
    expect(mayName(display, 'east', 'east', UNTIL_MS)).toBe(false);
    expect(mayName({ ...display, acting: null }, 'east', 'east', 0)).toBe(false);
  });

  it('is hidden in a ward that is closed, whatever else is open', () => {
    expect(mayName(session({}), 'east', 'east', 0)).toBe(true);
    expect(mayName(session({}), 'west', 'east', 0)).toBe(false);
    expect(mayName(session({ role: 'viewer' }), 'east', 'east', 0)).toBe(false);
  });

  it('of who was discharged needs the right alone, or somebody who acts for the ward on the screen', () => {
    expect(mayName(session({}), null, null, 0)).toBe(true);
    expect(mayName(display, null, 'east', UNTIL_MS - 1)).toBe(true);
    expect(mayName(display, null, 'east', UNTIL_MS)).toBe(false);
  });
});

describe('what a session sees', () => {
  it('changes when something ends by the clock, and not otherwise', () => {
    expect(sightOf(kiosk, 0)).toBe(sightOf(kiosk, UNTIL_MS - 1));
    expect(sightOf(kiosk, UNTIL_MS)).toBe(sightOf({ ...kiosk, acting: null }, 0));
    expect(sightOf(kiosk, UNTIL_MS)).not.toBe(sightOf(kiosk, 0));
  });
});
