import { describe, expect, it } from '@jest/globals';
import { decodeEventRecord, decodeWardRecord, encodeRecord } from './json-record.js';
import type { WardRecord } from './ward-record.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('records of ward and events', () => {
  it('come back as they were', () => {
    const tick: WardRecord = { type: 'tick', atMs: 5 };
    expect(decodeWardRecord(encodeRecord(tick))).toEqual(tick);
    const progress = { type: 'progress', part: 'alarms', partition: 1, tickMs: 5 } as const;
    expect(decodeEventRecord(encodeRecord(progress))).toEqual(progress);
  });

  it.each([
    ['', 'JSON'],
    ['{"type":"tick"', 'JSON'],
    ['null', 'no JSON object'],
    ['"tick"', 'no JSON object'],
    ['{"type":"shift-change"}', 'no type shift-change'],
    ['{"type":"toString"}', 'no type toString'],
    ['{"type":"tick","atMs":"now"}', 'no atMs'],
    ['{"type":"vitals"}', 'no vital'],
    ['{"type":"vitals","vital":{"patient":"a"}}', 'no device'],
    ['{"type":"limits","limits":null,"atMs":1}', 'no patient'],
    ['{"type":"admission","patient":"a","atMs":1}', 'no change'],
  ])('are refused: %s', (text, why) => {
    expect(() => decodeWardRecord(bytes(text))).toThrow(why);
  });

  it('are refused where they belong to the other stream', () => {
    expect(() => decodeEventRecord(encodeRecord({ type: 'tick', atMs: 5 }))).toThrow(
      'no type tick',
    );
    expect(() => decodeEventRecord(Uint8Array.of(0xff))).toThrow();
  });
});
