import type { ApiError } from '@app/contracts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccessGuard } from '../access/access.guard.js';

/** Answers 401 to whoever is not signed in: for pages that no controller serves. */
export function signedInOnly(guard: AccessGuard) {
  return async (
    request: IncomingMessage,
    response: ServerResponse,
    next: () => void,
  ): Promise<void> => {
    if ((await guard.viewer(request)) !== null) {
      next();
      return;
    }
    const body: ApiError = { statusCode: 401, error: 'Unauthorized', message: 'sign in first' };
    response.writeHead(401, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  };
}
