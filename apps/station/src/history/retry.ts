import { SeriesAwayError } from '@app/series';
import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/**
 * Tries until it works or the signal ends it, waiting 0.5 s to 10 s between tries, for as long as the store is away.
 * @returns whether it worked. Rejects with any other failure.
 */
export async function untilBack(
  work: () => Promise<void>,
  signal: AbortSignal,
  onAway: (error: SeriesAwayError) => void,
): Promise<boolean> {
  for (
    let waitMs = FIRST_WAIT_MS;
    !signal.aborted;
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
  ) {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof SeriesAwayError)) throw error;
      onAway(error);
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return false;
}
