import { JournalFullError, JournalWriteError } from '@app/journal';
import { Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { ReportLimit } from './report-limit.js';
import { writeTrouble } from './write-trouble.js';

const RETRY_MS = 1_000;
const REPORT_EVERY_MS = 10_000;

const logger = new Logger('Journal');
const reports = new ReportLimit<string>(REPORT_EVERY_MS);

/**
 * Tries until the journal takes it, as long as only space or the disk's speed is missing: a follower that ended for that
 * would take the wall with it and could not start again. Nothing is skipped, so what depends on it waits.
 * @param what is to be written, for the log.
 * @throws any other failure at once, and the last one when the signal ends the wait.
 */
export async function untilTaken<T>(
  what: string,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || signal?.aborted === true) throw error;
      if (reports.note(what, performance.now()) !== null)
        logger.error(`${what} cannot be written and waits: ${writeTrouble(error)}`);
      await sleep(RETRY_MS, undefined, signal === undefined ? {} : { signal }).catch(
        () => undefined,
      );
    }
  }
}

function isPassing(error: unknown): boolean {
  return (
    error instanceof JournalFullError || (error instanceof JournalWriteError && error.isDiskFull)
  );
}
