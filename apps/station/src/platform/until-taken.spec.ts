import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { JournalWriteError } from '@app/journal';
import { Logger } from '@nestjs/common';
import { untilTaken } from './until-taken.js';

const full = () => new JournalWriteError('database or disk is full', { isDiskFull: true });

/** Fails as often as there are errors. */
function failing(errors: Error[]): () => Promise<string> {
  return async () => {
    const error = errors.shift();
    if (error !== undefined) throw error;
    return 'taken';
  };
}

describe('untilTaken', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('waits for space, and says so once', async () => {
    const said = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    expect(await untilTaken('one thing', failing([full(), full()]))).toBe('taken');
    expect(said.mock.calls).toEqual([['one thing cannot be written and waits: the disk is full']]);
  });

  it('waits for nothing else', async () => {
    const broken = new JournalWriteError('disk I/O error');
    await expect(untilTaken('another', failing([broken]))).rejects.toBe(broken);
  });

  it('ends when it is told to', async () => {
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const ending = new AbortController();
    const waiting = untilTaken('a third', failing(Array.from({ length: 99 }, full)), ending.signal);
    ending.abort();
    await expect(waiting).rejects.toThrow('full');
  });
});
