import { parentPort } from 'node:worker_threads';

export interface ThreadRequest<Q> {
  id: number;
  request: Q;
}

export type ThreadReply<R> =
  { id: number; ok: true; value: R } | { id: number; ok: false; message: string };

/** Answers each message of the parent, in order. `handle` may throw; the parent's call is then rejected. */
export function serveThread(handle: (request: never) => unknown): void {
  const port = parentPort;
  if (port === null) throw new Error('this file runs as a worker thread only');
  port.on('message', ({ id, request }: ThreadRequest<never>) => {
    let reply: ThreadReply<unknown>;
    try {
      reply = { id, ok: true, value: handle(request) };
    } catch (error) {
      reply = { id, ok: false, message: error instanceof Error ? error.message : String(error) };
    }
    port.postMessage(reply);
  });
}
