import { describe, expect, it } from '@jest/globals';
import { type Session, sessionMay } from './access.js';

const NOW_MS = 1_000_000;
const session: Session = {
  person: 'a',
  name: 'A',
  role: 'nurse',
  wards: ['main'],
  emergency: [],
  acting: null,
  expiresMs: NOW_MS + 1,
};
const kiosk: Session = {
  ...session,
  role: 'kiosk',
  acting: {
    person: 'b',
    name: 'B',
    role: 'administrator',
    wards: 'all',
    untilMs: NOW_MS + 1,
  },
};

describe('sessionMay', () => {
  it('allows what the role allows, in the wards of the session', () => {
    expect(sessionMay(session, 'manage-patients', 'main', NOW_MS)).toBe(true);
    expect(sessionMay(session, 'manage-patients', 'icu', NOW_MS)).toBe(false);
    expect(sessionMay(session, 'manage-people', null, NOW_MS)).toBe(false);
    expect(sessionMay({ ...session, wards: 'all' }, 'see-ward', 'icu', NOW_MS)).toBe(true);
  });

  it('opens another ward in an emergency, until it ends', () => {
    const opened = { ...session, emergency: [{ ward: 'icu', untilMs: NOW_MS + 1 }] };
    expect(sessionMay(opened, 'manage-patients', 'icu', NOW_MS)).toBe(true);
    expect(sessionMay(opened, 'manage-patients', 'icu', NOW_MS + 1)).toBe(false);
    expect(sessionMay(opened, 'set-ward-limits', 'icu', NOW_MS)).toBe(false);
  });

  it('lets who acts at a kiosk do more there, and nowhere else', () => {
    expect(sessionMay(kiosk, 'set-patient-limits', 'main', NOW_MS)).toBe(true);
    expect(sessionMay(kiosk, 'set-patient-limits', 'main', NOW_MS + 1)).toBe(false);
    expect(sessionMay(kiosk, 'see-ward', 'icu', NOW_MS)).toBe(false);
    expect(sessionMay(kiosk, 'manage-people', null, NOW_MS)).toBe(false);
    expect(sessionMay(kiosk, 'acknowledge-alarms', 'main', NOW_MS + 1)).toBe(true);
  });
});
