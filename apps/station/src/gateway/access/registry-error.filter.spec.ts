import { describe, expect, it } from '@jest/globals';
import type { ArgumentsHost } from '@nestjs/common';
import { RegistryError, TooManyWaitingError } from '@app/registry';
import { RegistryErrorFilter } from './registry-error.filter.js';

function answerTo(error: RegistryError | TooManyWaitingError): unknown {
  let answer: unknown = null;
  const response = {
    status: (code: number) => ({ json: (body: unknown) => (answer = { code, body }) }),
  };
  const host = { switchToHttp: () => ({ getResponse: () => response }) };
  const filter = new RegistryErrorFilter();
  // oxlint-disable-next-line promise/no-promise-in-callback -- Nest's name, and no promise
  filter.catch(error, host as unknown as ArgumentsHost);
  return answer;
}

describe('RegistryErrorFilter', () => {
  it.each([
    [new RegistryError('not-found', 'there is no ward x'), 404, 'there is no ward x'],
    [new RegistryError('conflict', 'bed 1 is taken'), 409, 'bed 1 is taken'],
    [new RegistryError('invalid', 'the name is empty'), 400, 'the name is empty'],
    [
      new TooManyWaitingError('too many tasks are waiting'),
      503,
      expect.stringMatching(/try again/),
    ],
  ])('answers %s with %i and a sentence', (error, code, message) => {
    expect(answerTo(error)).toEqual({
      code,
      body: { statusCode: code, error: expect.any(String), message },
    });
  });
});
