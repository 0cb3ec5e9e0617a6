import { describe, expect, it } from '@jest/globals';
import { ALARM_PAGE, NO_ALARM_FILTERS, alarmLogPath, alarmQuery } from './alarm-filters.js';

describe('what is asked of the alarm log', () => {
  it('is the newest page when nothing is chosen', () => {
    expect(alarmQuery(NO_ALARM_FILTERS, null)).toEqual({ limit: ALARM_PAGE });
    expect(alarmLogPath('3 b', { limit: 50 })).toBe('/api/wards/3%20b/alarms?limit=50');
  });

  it('is what is chosen, the named minutes included', () => {
    const query = alarmQuery(
      {
        patient: 'ward:main',
        rule: 'heart-rate-high',
        priority: 'medium',
        from: '2026-03-05T12:00',
        to: '2026-03-05T12:00',
      },
      41,
    );
    expect(query).toEqual({
      limit: ALARM_PAGE,
      patient: 'ward:main',
      rule: 'heart-rate-high',
      priority: 'medium',
      fromMs: Date.parse('2026-03-05T12:00'),
      toMs: Date.parse('2026-03-05T12:01'),
      beforeId: 41,
    });
    expect(alarmLogPath('main', query)).toContain('patient=ward%3Amain&rule=heart-rate-high');
  });

  it('leaves out a time that is half typed', () => {
    expect(alarmQuery({ ...NO_ALARM_FILTERS, from: '2026-03', to: 'x' }, null).toMs).toBe(
      undefined,
    );
  });
});
