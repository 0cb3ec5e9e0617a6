import type { StreamName } from './journal.js';

/** Base of everything that a journal throws on purpose. */
export class JournalError extends Error {
  override name = 'JournalError';
}

/** The append queue is at its bound: the disk is slower than what comes in. Nothing was appended; try again later. */
export class JournalFullError extends JournalError {
  override name = 'JournalFullError';
}

/** The journal was closed before or during the call. */
export class JournalClosedError extends JournalError {
  override name = 'JournalClosedError';
}

/**
 * The disk or the writer thread failed. The records of the call may or may not be there (as after a lost
 * acknowledgement); appending them again is right, since consumers ignore what they already have.
 */
export class JournalWriteError extends JournalError {
  override name = 'JournalWriteError';
  /** Space, not the disk itself, is what is missing. */
  readonly isDiskFull: boolean;

  constructor(message: string, options?: ErrorOptions & { isDiskFull?: boolean }) {
    super(message, options);
    this.isDiskFull = options?.isDiskFull ?? false;
  }
}

/** The folder holds no journal, or one that does not fit what was asked for. */
export class JournalSetupError extends JournalError {
  override name = 'JournalSetupError';
}

/** A consumer asked for an offset that was never written: its checkpoint belongs to another journal. */
export class JournalOffsetError extends JournalError {
  override name = 'JournalOffsetError';
}

export interface RecordPlace {
  stream: StreamName;
  segment: string;
  partition?: number;
  offset?: number;
}

/** What was read is not what was written. */
export class JournalCorruptError extends JournalError {
  override name = 'JournalCorruptError';
  readonly what: string;
  readonly place: RecordPlace;

  constructor(what: string, place: RecordPlace, cause?: unknown) {
    const record =
      place.partition === undefined
        ? ''
        : `, partition ${place.partition}, offset ${place.offset ?? 'unknown'}`;
    super(`Journal corrupt: stream ${place.stream}${record}, segment ${place.segment}: ${what}`, {
      cause,
    });
    this.what = what;
    this.place = place;
  }
}
