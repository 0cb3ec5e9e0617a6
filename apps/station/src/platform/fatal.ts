import { JournalCorruptError, JournalError } from '@app/journal';
import { Logger } from '@nestjs/common';

const logger = new Logger('Station');

/**
 * Ends the process after a failure that leaves a role without its work: the supervisor or the operator starts it again,
 * and it goes on from its checkpoint. A role that limps on would look alive.
 */
export function fatal(role: string, error: unknown): void {
  logger.error(`${role} stopped: ${reasonOf(error)}`);
  process.exit(1);
}

/** What a disk or a file has done to the journal is nothing that a stack explains; anything else is. */
export function reasonOf(error: unknown): string {
  if (error instanceof JournalCorruptError)
    return `${error.message}. What to do: docs/operations.md, "When a file is damaged"`;
  if (error instanceof JournalError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
