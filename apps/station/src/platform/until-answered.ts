import { RegistryError } from '@app/registry';
import { Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { ReportLimit } from './report-limit.js';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
const REPORT_EVERY_MS = 10_000;

const logger = new Logger('Registry');
const reports = new ReportLimit<string>(REPORT_EVERY_MS);

/**
 * Asks the registry until it answers, waiting 0.5 s to 10 s between tries: a follower that ended because a database was away
 * for a moment would take its role with it.
 * @param what is wanted, for the log.
 * @param onTrouble told of each failure; null when there is an answer.
 * @throws RegistryError, which is an answer; anything else only when the signal ends the wait.
 */
export async function untilAnswered<T>(
  what: string,
  work: () => Promise<T>,
  signal: AbortSignal,
  onTrouble: (message: string | null) => void = () => undefined,
): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      const answer = await work();
      onTrouble(null);
      return answer;
    } catch (error) {
      if (error instanceof RegistryError || signal.aborted) throw error;
      const { message } = error as Error;
      onTrouble(message);
      if (reports.note(what, performance.now()) !== null)
        logger.error(`${what} waits for the registry: ${message}`);
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
