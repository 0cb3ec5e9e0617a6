/** The store did not answer or refused for now: what was to be written is worth trying again. */
export class SeriesAwayError extends Error {
  override name = 'SeriesAwayError';
}

/** A query that no store should run; the message says which bound it breaks. */
export class SeriesQueryError extends Error {
  override name = 'SeriesQueryError';
}
