import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiError } from '@app/contracts';
import type { RequestOrigin } from './request-origin.js';

/** Answers 403 to a request that a page of another origin, or under another name, has made. */
export function refuseStrangers(origin: RequestOrigin) {
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    const problem = origin.problem(request.headers, request.method);
    if (problem === null) return next();
    const body: ApiError = { statusCode: 403, error: 'Forbidden', message: problem };
    response.writeHead(403, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  };
}
