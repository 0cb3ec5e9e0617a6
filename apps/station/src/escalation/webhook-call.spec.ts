import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { AlarmEvent } from '@app/contracts';
import { callWebhook } from './webhook-call.js';

afterEach(() => {
  jest.restoreAllMocks();
});

describe('callWebhook', () => {
  it('says what happened, and neither who acknowledged nor what they wrote', async () => {
    const fetched = jest
      .spyOn(globalThis, 'fetch')
      .mockImplementation(async () => new Response(null, { status: 204 }));
    const event = {
      type: 'alarm',
      id: 'a',
      patient: 'P-01',
      change: 'acknowledged',
      acknowledgedBy: 'Nia Nurse',
      note: 'Ada is being washed',
    } as AlarmEvent;
    const target = { url: 'http://localhost/', secret: 'secret' };
    const { signal } = new AbortController();
    expect(await callWebhook(target, event, 1000, signal)).toEqual({ kind: 'taken' });
    const body = JSON.parse(fetched.mock.calls[0]?.[1]?.body as string);
    expect(body).toEqual({ type: 'alarm', event: { ...event, acknowledgedBy: null, note: null } });
    expect(event.note).toBe('Ada is being washed');
  });
});
