import { describe, expect, it } from '@jest/globals';
import { type ConnectRequest, judgeConnect } from './connect-policy.js';
import { BROKER_LIMITS } from './limits.js';

const payload = (text: string) => new TextEncoder().encode(text);
const good: ConnectRequest = {
  clientId: 'w',
  username: 'w',
  clean: true,
  keepAliveSeconds: 30,
  will: { topic: 'vigil/v1/w/status', payload: payload('{"state":"offline"}') },
};

describe('judgeConnect', () => {
  it('lets a device connect', () => {
    expect(judgeConnect(good)).toEqual({ ok: true });
    expect(judgeConnect({ ...good, will: undefined })).toEqual({ ok: true });
  });

  it.each<[number, string, Partial<ConnectRequest>]>([
    [4, 'bad-credentials', { username: undefined }],
    [2, 'bad-identifier', { clientId: 'x' }],
    [2, 'bad-identifier', { clientId: '', username: '' }],
    [2, 'bad-identifier', { clientId: 'a/b', username: 'a/b' }],
    [2, 'bad-identifier', { clientId: '__proto__', username: '__proto__' }],
    [5, 'persistent-session', { clean: false }],
    [5, 'keep-alive', { keepAliveSeconds: 0 }],
    [5, 'keep-alive', { keepAliveSeconds: BROKER_LIMITS.keepAliveSeconds + 1 }],
    [
      5,
      'bad-will',
      { will: { topic: 'vigil/v1/w/frames', payload: payload('{"state":"offline"}') } },
    ],
    [
      5,
      'bad-will',
      { will: { topic: 'vigil/v1/x/status', payload: payload('{"state":"offline"}') } },
    ],
    [5, 'bad-will', { will: { topic: 'vigil/v1/w/status', payload: payload('gone') } }],
    [
      5,
      'bad-will',
      {
        will: {
          topic: 'vigil/v1/w/status',
          payload: new Uint8Array(BROKER_LIMITS.statusBytes + 1),
        },
      },
    ],
  ])('answers %i, %s', (code, reason, change) => {
    expect(judgeConnect({ ...good, ...change })).toMatchObject({ ok: false, code, reason });
  });
});
