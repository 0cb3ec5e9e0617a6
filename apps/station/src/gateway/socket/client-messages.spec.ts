import { describe, expect, it } from '@jest/globals';
import { acknowledgeSchema, parseRoom, patientOfRoom, wardOfRoom } from './client-messages.js';

describe('rooms', () => {
  it('are wards and patients', () => {
    expect(parseRoom('ward/main')).toBe('ward/main');
    expect(parseRoom('patient/p-1')).toBe('patient/p-1');
    expect([patientOfRoom('ward/main'), patientOfRoom('patient/p-1')]).toEqual([null, 'p-1']);
    expect([wardOfRoom('ward/main'), wardOfRoom('patient/p-1')]).toEqual(['main', null]);
  });

  it.each([
    'ward',
    'ward/',
    'patient/',
    'patient/../p',
    'ward/a/b',
    'ward/a\n',
    'wards/a',
    '',
    7,
    null,
    {},
  ])('and not %j', (value) => {
    expect(parseRoom(value)).toBeNull();
  });
});

describe('an acknowledgement', () => {
  it('does not say who acknowledges: the session does', () => {
    const request = { patient: 'p1', alarmId: 'a1', note: null };
    expect(acknowledgeSchema.safeParse(request).success).toBe(true);
    expect(acknowledgeSchema.safeParse({ ...request, by: 'somebody else' }).success).toBe(false);
  });
});
