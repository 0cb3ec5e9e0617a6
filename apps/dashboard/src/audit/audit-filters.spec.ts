import { describe, expect, it } from '@jest/globals';
import { NO_FILTERS, auditPath, auditQuery } from './audit-filters.js';

describe('questions to the audit', () => {
  it('ask for the newest page where nothing is said', () => {
    expect(auditQuery(NO_FILTERS, null)).toEqual({ limit: 50 });
    expect(auditPath(auditQuery(NO_FILTERS, 120))).toBe('/api/audit?limit=50&beforeId=120');
  });

  it('carry what is said, times in local time, the last minute included', () => {
    const filters = { ...NO_FILTERS, ward: 'main', subject: ' p 1&2 ', to: '2026-03-05T12:03' };
    expect(auditQuery(filters, null)).toEqual({
      limit: 50,
      ward: 'main',
      subject: 'p 1&2',
      toMs: Date.parse('2026-03-05T12:04'),
    });
    expect(auditPath(auditQuery(filters, null))).toContain('subject=p+1%262');
  });

  it('leave out a time that is none', () => {
    expect(auditQuery({ ...NO_FILTERS, from: 'soon' }, null)).toEqual({ limit: 50 });
  });
});
