import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { JournalClosedError } from '../index.js';
import { ThreadClient } from './thread-client.js';

describe('ThreadClient', () => {
  let thread: ThreadClient<string, string>;
  const file = new URL('../testing/mortal-worker.ts', import.meta.url);

  beforeEach(() => {
    thread = new ThreadClient('mortal', file, null);
  });
  afterEach(() => thread.close('bye'));

  it.each([
    ['exit', /mortal thread died: exit code 3/],
    ['throw', /mortal thread died: .*out of luck/],
  ])('rejects all that waits when its thread dies (%s), then starts another', async (how, why) => {
    expect(await thread.call('hello')).toBe('hello');
    const waiting = [thread.call('hang'), thread.call(how), thread.call('too late')];
    for (const result of await Promise.allSettled(waiting)) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: { name: 'JournalWriteError', message: expect.stringMatching(why) },
      });
    }
    expect(await thread.call('again')).toBe('again');
    expect(thread.restarts).toBe(1);
  });

  it('refuses calls after it was closed', async () => {
    await thread.close('bye');
    await expect(thread.call('hello')).rejects.toThrow(JournalClosedError);
  });
});
