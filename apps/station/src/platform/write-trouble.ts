import { JournalWriteError } from '@app/journal';

/** Why the journal has taken nothing, in words for logs and health. */
export function writeTrouble(error: unknown): string {
  if (error instanceof JournalWriteError && error.isDiskFull) return 'the disk is full';
  return error instanceof Error ? error.message : String(error);
}
