import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { JournalClosedError, JournalCorruptError, JournalWriteError } from '../journal-errors.js';
import type { ThreadFailure, ThreadReply, ThreadRequest } from './thread-server.js';

interface Waiting<R> {
  resolve: (value: R) => void;
  reject: (error: Error) => void;
}

/**
 * A worker thread that answers requests in order. When it dies, every waiting call is rejected and the next call starts a
 * new thread.
 */
export class ThreadClient<Q, R> {
  readonly #name: string;
  readonly #file: URL;
  readonly #workerData: unknown;
  #worker: Worker | null = null;
  #waiting = new Map<number, Waiting<R>>();
  #nextId = 0;
  #starts = 0;
  #isClosed = false;

  /** `file`: the worker's. */
  constructor(name: string, file: URL, workerData: unknown) {
    this.#name = name;
    this.#file = file;
    this.#workerData = workerData;
  }

  /** Times that the thread was started again after it died. */
  get restarts(): number {
    return Math.max(0, this.#starts - 1);
  }

  call(request: Q, transfer: ArrayBuffer[] = []): Promise<R> {
    if (this.#isClosed) return Promise.reject(new JournalClosedError('The journal is closed'));
    const worker = (this.#worker ??= this.#start());
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      worker.postMessage({ id, request } satisfies ThreadRequest<Q>, transfer);
      this.#waiting.set(id, { resolve, reject });
    });
  }

  /** Ends the thread after `last` was answered. */
  async close(last: Q): Promise<void> {
    if (this.#worker !== null) await this.call(last);
    this.#isClosed = true;
    await this.#worker?.terminate();
  }

  #start(): Worker {
    this.#starts++;
    const worker = new Worker(this.#file, {
      workerData: this.#workerData,
      name: `vigil-${this.#name}`,
    });
    worker.on('message', (reply: ThreadReply<R>) => this.#settle(reply));
    worker.on('error', (error) => this.#died(worker, error));
    worker.on('exit', (code) => this.#died(worker, new Error(`exit code ${code}`)));
    return worker;
  }

  #settle(reply: ThreadReply<R>): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.ok) waiting?.resolve(reply.value);
    else waiting?.reject(this.#errorOf(reply.failure));
  }

  #errorOf({ message, isDiskFull, damage }: ThreadFailure): Error {
    return damage === null
      ? new JournalWriteError(`The journal's ${this.#name} thread failed: ${message}`, {
          isDiskFull,
        })
      : new JournalCorruptError(damage.what, damage.place);
  }

  #died(worker: Worker, cause: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    const reason = cause instanceof Error ? cause.message : String(cause);
    for (const { reject } of waiting) {
      reject(
        new JournalWriteError(`The journal's ${this.#name} thread died: ${reason}`, { cause }),
      );
    }
  }
}

/** The file of a worker that lies beside the caller's module; in source as in a build. */
export function workerFile(name: string, moduleUrl: string): URL {
  return new URL(`./${name}${extname(moduleUrl)}`, moduleUrl);
}
