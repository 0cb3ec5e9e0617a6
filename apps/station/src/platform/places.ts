import type { Checkpoint, JournalRecord } from '@app/journal';
import { nextOffsets } from './consumer.js';

/** What is read again after a crash is at most so much, ms. */
const SAVE_EVERY_MS = 5_000;

/** The places of a follower without state, to which most records say nothing: they are saved now and then. */
export class Places {
  private readonly unsaved = new Map<number, number>();
  private savedMs = Number.NEGATIVE_INFINITY;

  /**
   * @param records that were worked through.
   * @param hadEffect whether one of them was more than nothing: then the place is saved at once.
   * @returns what to commit now, or null.
   */
  due(records: readonly JournalRecord[], hadEffect: boolean, nowMs: number): Checkpoint[] | null {
    for (const [partition, offset] of nextOffsets(records)) this.unsaved.set(partition, offset);
    if (!hadEffect && nowMs - this.savedMs < SAVE_EVERY_MS) return null;
    this.savedMs = nowMs;
    const checkpoints = [...this.unsaved].map(([partition, offset]) => ({
      partition,
      offset,
      state: new Map<string, Uint8Array>(),
    }));
    this.unsaved.clear();
    return checkpoints;
  }
}
