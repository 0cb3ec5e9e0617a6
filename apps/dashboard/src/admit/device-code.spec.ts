import { describe, expect, it } from '@jest/globals';
import { deviceOfCode, labelCode, setupCode } from './device-code.js';

describe('codes of devices', () => {
  it('are read again', () => {
    expect(deviceOfCode(labelCode('watch-7'))).toBe('watch-7');
    expect(deviceOfCode(setupCode('watch-7', 'a#b/c=='))).toBe('watch-7');
    expect(deviceOfCode(' VIGIL:DEVICE/Watch-7 ')).toBe('Watch-7');
    expect(deviceOfCode('watch-7')).toBe('watch-7');
  });

  it('hold no secret on a label', () => {
    expect(labelCode('watch-7')).toBe('vigil:device/watch-7');
  });

  it.each(['', 'https://example.org/watch-7', 'vigil:device/', 'watch 7', '#secret'])(
    'are not found in %j',
    (text) => {
      expect(deviceOfCode(text)).toBeNull();
    },
  );
});
