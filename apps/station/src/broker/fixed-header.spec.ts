import { describe, expect, it } from '@jest/globals';
import { readFixedHeader } from './fixed-header.js';

describe('readFixedHeader', () => {
  // MQTT 3.1.1 table 2.4
  it.each([
    [[0x30, 0x00], 2, 0],
    [[0x30, 0x7f], 2, 127],
    [[0x30, 0x80, 0x01], 3, 128],
    [[0x30, 0xff, 0x7f], 3, 16_383],
    [[0x30, 0x80, 0x80, 0x01], 4, 16_384],
    [[0x30, 0xff, 0xff, 0x7f], 4, 2_097_151],
    [[0x30, 0x80, 0x80, 0x80, 0x01], 5, 2_097_152],
    [[0x30, 0xff, 0xff, 0xff, 0x7f], 5, 268_435_455],
  ])('reads %j', (bytes, headerBytes, bodyBytes) => {
    const after = [...bytes, 1, 2, 3];
    const expected = { kind: 'complete', type: 3, headerBytes, bodyBytes };
    expect(readFixedHeader(Uint8Array.from(after), 0)).toEqual(expected);
    expect(readFixedHeader(Uint8Array.from([9, 9, ...after]), 2)).toEqual(expected);
    for (let length = 0; length < bytes.length; length++) {
      expect(readFixedHeader(Uint8Array.from(bytes.slice(0, length)), 0)).toEqual({
        kind: 'incomplete',
      });
    }
  });

  it('refuses a fifth byte of length', () => {
    expect(readFixedHeader(Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0xff), 0)).toEqual({
      kind: 'malformed',
    });
  });
});
