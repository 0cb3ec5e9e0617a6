import { SQLITE_BUSY, resultCode } from './sqlite-values.js';

const RETRY_MS = 1;
const GIVE_UP_MS = 15_000;

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Runs what may find the file locked by another process until it does not. Blocks: for threads of the journal only. */
export function whenFree<T>(action: () => T): T {
  const giveUpAt = performance.now() + GIVE_UP_MS;
  for (;;) {
    try {
      return action();
    } catch (error) {
      if (resultCode(error) !== SQLITE_BUSY || performance.now() > giveUpAt) throw error;
      Atomics.wait(sleeper, 0, 0, RETRY_MS);
    }
  }
}
