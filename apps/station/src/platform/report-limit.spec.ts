import { describe, expect, it } from '@jest/globals';
import { ReportLimit } from './report-limit.js';

describe('ReportLimit', () => {
  it('lets the first of each reason through, then one per interval with the count', () => {
    const limit = new ReportLimit<'a' | 'b'>(1000);
    expect(limit.note('a', 0)).toBe(1);
    expect(limit.note('b', 1)).toBe(1);
    expect(limit.note('a', 500)).toBeNull();
    expect(limit.note('a', 999)).toBeNull();
    expect(limit.note('a', 1000)).toBe(3);
    expect(limit.note('a', 1001)).toBeNull();
  });
});
