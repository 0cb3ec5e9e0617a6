import { RangeSet, type RangeSetSnapshot } from './range-set.js';

export type DuplicateFilterSnapshot = RangeSetSnapshot;

/**
 * Most holes remembered in a boot's sequence numbers. When there are more, the lowest numbers are forgotten: a copy of so
 * old a frame passes here and is caught by its time, which lies behind every lane's watermark.
 */
const REMEMBERED_RANGES = 256;

/** Recognises frames that came before, by their sequence number within one boot. */
export class DuplicateFilter {
  private readonly seen: RangeSet;

  /** @param onFull called when the lowest numbers had to be forgotten */
  constructor(snapshot: DuplicateFilterSnapshot = [], onFull?: () => void) {
    this.seen = new RangeSet(
      { capacity: REMEMBERED_RANGES, whenFull: 'forget', onFull },
      snapshot.slice(),
    );
  }

  save(): DuplicateFilterSnapshot {
    return this.seen.save();
  }

  /** Whether the number is new; from now on it is not. */
  isNew(sequence: number): boolean {
    return this.seen.add(sequence);
  }
}
