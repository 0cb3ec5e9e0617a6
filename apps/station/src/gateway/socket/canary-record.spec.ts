import { describe, expect, it } from '@jest/globals';
import { CanaryRecord } from './canary-record.js';

const HOUR_MS = 3_600_000;

describe('the ways of canaries', () => {
  it('have no percentile before the first', () => {
    expect(new CanaryRecord().p99Ms(0)).toBeNull();
  });

  it('are taken by nearest rank', () => {
    const record = new CanaryRecord();
    for (let i = 100; i >= 1; i--) record.note(0, i);
    expect(record.p99Ms(1)).toBe(99);
    record.note(0, 1000);
    expect(record.p99Ms(1)).toBe(100);
  });

  it('are of the last hour, and never below nothing', () => {
    const record = new CanaryRecord();
    record.note(0, 500);
    record.note(1, -3);
    expect(record.p99Ms(HOUR_MS - 1)).toBe(500);
    expect(record.p99Ms(HOUR_MS)).toBe(0);
    expect(record.p99Ms(HOUR_MS + 1)).toBeNull();
  });

  it('are bounded: the oldest are forgotten', () => {
    const record = new CanaryRecord();
    record.note(0, 9999);
    for (let i = 0; i < 4096; i++) record.note(0, 5);
    expect(record.p99Ms(0)).toBe(5);
  });
});
