import type { Journal } from '@app/journal';

/** A journal whose appends go through a function; everything else is the real one. */
export function wrapped(journal: Journal, append: Journal['append']): Journal {
  return {
    partitions: journal.partitions,
    append,
    consume: (stream, options) => journal.consume(stream, options),
    read: (...args) => journal.read(...args),
    offsetAt: (...args) => journal.offsetAt(...args),
    bounds: (stream) => journal.bounds(stream),
    commit: (...args) => journal.commit(...args),
    checkpoint: (...args) => journal.checkpoint(...args),
    close: () => journal.close(),
  };
}
