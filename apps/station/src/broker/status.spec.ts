import { describe, expect, it } from '@jest/globals';
import { parseStatus } from './status.js';

const parse = (text: string) => parseStatus(new TextEncoder().encode(text));

describe('parseStatus', () => {
  it('takes what the schema names', () => {
    const status = {
      state: 'online',
      waitingFrames: 12,
      waitingSeconds: 3.5,
      software: 'phone 1.2',
    };
    expect(parse(JSON.stringify(status))).toEqual({ ok: true, status });
    expect(parse('{"state":"offline"}')).toEqual({ ok: true, status: { state: 'offline' } });
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{}',
    '{"state":"fine"}',
    '{"state":"online","x":1}',
    '{"state":"online","waitingFrames":-1}',
    '{"state":"online","waitingFrames":1e999}',
    `{"state":"online","software":"${'x'.repeat(101)}"}`,
    `"${' '.repeat(1100)}"`,
  ])('refuses %j', (text) => expect(parse(text).ok).toBe(false));

  it('refuses bytes that are no text', () => {
    expect(parseStatus(Uint8Array.of(0xff, 0xfe))).toEqual({ ok: false, detail: 'not JSON' });
  });
});
