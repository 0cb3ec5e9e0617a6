import { InvalidArgumentError } from 'commander';

/** ms since 1970. As `Date` has it, a time without a zone is local, and a date alone begins in UTC. */
export function timeFlag(text: string): number {
  const ms = /^\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms))
    throw new InvalidArgumentError('must be a time such as 2026-03-01T07:30:00Z.');
  return ms;
}
