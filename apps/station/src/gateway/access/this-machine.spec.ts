import { describe, expect, it } from '@jest/globals';
import type { Socket } from 'node:net';
import { isFromThisMachine } from './this-machine.js';

describe('isFromThisMachine', () => {
  it.each([
    ['127.0.0.1', {}, true],
    ['127.8.9.10', {}, true],
    ['::1', {}, true],
    ['::ffff:127.0.0.1', {}, true],
    ['192.0.2.1', {}, false],
    ['::ffff:192.0.2.1', {}, false],
    ['1127.0.0.1', {}, false],
    [undefined, {}, false],
    // a proxy on this machine asks for somebody else
    ['127.0.0.1', { 'x-forwarded-for': '192.0.2.1' }, false],
    ['127.0.0.1', { forwarded: 'for=192.0.2.1' }, false],
  ])('%s with %j: %s', (remoteAddress, headers, is) => {
    expect(isFromThisMachine({ socket: { remoteAddress } as Socket, headers })).toBe(is);
  });
});
