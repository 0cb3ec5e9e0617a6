import { RangeSet, type RangeSetSnapshot } from './range-set.js';

export type AnsweredWindowsSnapshot = RangeSetSnapshot;

/**
 * Most holes remembered among a boot's answered windows. When there are more, the lowest hole counts as answered: an old
 * gap in the history stays a gap, and nothing is ever answered twice.
 */
const REMEMBERED_RANGES = 512;

/** Which windows of a boot have their answer, so that the second lane fills only the others. */
export class AnsweredWindows {
  private readonly answered: RangeSet;

  /** @param onFull called when the lowest hole had to count as answered */
  constructor(snapshot: AnsweredWindowsSnapshot = [], onFull?: () => void) {
    this.answered = new RangeSet(
      { capacity: REMEMBERED_RANGES, whenFull: 'fill', onFull },
      snapshot.slice(),
    );
  }

  save(): AnsweredWindowsSnapshot {
    return this.answered.save();
  }

  has(window: number): boolean {
    return this.answered.has(window);
  }

  add(window: number): void {
    this.answered.add(window);
  }
}
