import type { ConnectionRefusal } from './connections.js';
import type { EndReason } from './device-session.js';

/** Why aedes closed a session, by its error; null when the network did, or we did. */
export function sessionProblem(error: Error): EndReason | null {
  if (isNetworkError(error)) return null;
  switch (error.message) {
    case 'drain timeout':
      return 'slow-reader';
    case 'connection closed':
    case 'closed by the broker':
      return null;
    case 'keep alive timeout':
      return 'keep-alive';
    default:
      return 'protocol-error';
  }
}

/** Why aedes closed a connection before it was a session. */
export function connectionProblem(error: Error): ConnectionRefusal | null {
  if (isNetworkError(error)) return null;
  if (error.message === 'connect did not arrive in time') return 'connect-timeout';
  return 'errorCode' in error && error.errorCode === 1 ? 'protocol-version' : 'protocol-error';
}

/** Errors of sockets and streams have a code (`ECONNRESET`, `ERR_STREAM_…`); those of the protocol have none. */
function isNetworkError(error: Error): boolean {
  return 'code' in error;
}
