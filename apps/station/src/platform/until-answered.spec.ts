import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RegistryError } from '@app/registry';
import { Logger } from '@nestjs/common';
import { untilAnswered } from './until-answered.js';

const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  Logger.overrideLogger({
    log: () => undefined,
    error: (message: string) => void said.push(message),
    warn: () => undefined,
  });
});
afterEach(() => Logger.overrideLogger(['error', 'fatal']));

describe('untilAnswered', () => {
  it('asks again while nobody answers, and says so', async () => {
    const work = jest
      .fn<() => Promise<number>>()
      .mockRejectedValueOnce(new Error('connection refused'))
      .mockResolvedValue(7);
    const troubles: (string | null)[] = [];
    const { signal } = new AbortController();
    expect(await untilAnswered('the list', work, signal, (t) => troubles.push(t))).toBe(7);
    expect(troubles).toEqual(['connection refused', null]);
    expect(said).toEqual(['the list waits for the registry: connection refused']);
  });

  it('takes a refusal for the answer that it is', async () => {
    const work = jest
      .fn<() => Promise<number>>()
      .mockRejectedValue(new RegistryError('conflict', 'p1 is not admitted'));
    await expect(untilAnswered('it', work, new AbortController().signal)).rejects.toThrow(
      'p1 is not admitted',
    );
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('gives up when it is told to', async () => {
    const stop = new AbortController();
    const waiting = untilAnswered('the end', () => Promise.reject(new Error('away')), stop.signal);
    stop.abort();
    await expect(waiting).rejects.toThrow('away');
  });
});
