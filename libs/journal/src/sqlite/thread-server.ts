import { parentPort } from 'node:worker_threads';
import { JournalCorruptError, type RecordPlace } from '../journal-errors.js';
import { SQLITE_FULL, resultCode } from './sqlite-values.js';

export interface ThreadRequest<Q> {
  id: number;
  request: Q;
}

/** An error's class does not survive the way between threads; what the other side tells apart travels beside it. */
export interface ThreadFailure {
  message: string;
  isDiskFull: boolean;
  damage: { what: string; place: RecordPlace } | null;
}

export type ThreadReply<R> =
  { id: number; ok: true; value: R } | { id: number; ok: false; failure: ThreadFailure };

/** Answers each message of the parent, in order. `handle` may throw; the parent's call is then rejected. */
export function serveThread(handle: (request: never) => unknown): void {
  const port = parentPort;
  if (port === null) throw new Error('this file runs as a worker thread only');
  port.on('message', ({ id, request }: ThreadRequest<never>) => {
    let reply: ThreadReply<unknown>;
    try {
      reply = { id, ok: true, value: handle(request) };
    } catch (error) {
      reply = { id, ok: false, failure: failureOf(error) };
    }
    port.postMessage(reply);
  });
}

function failureOf(error: unknown): ThreadFailure {
  return {
    message: error instanceof Error ? error.message : String(error),
    isDiskFull: resultCode(error) === SQLITE_FULL,
    damage: error instanceof JournalCorruptError ? { what: error.what, place: error.place } : null,
  };
}
