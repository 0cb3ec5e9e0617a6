import type { Checkpoint } from '@app/journal';
import { GATEWAY_LIMITS } from '../gateway-limits.js';
import type { SavedPart } from './saved-part.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Offsets and parts since the last commit: saving every few seconds is enough, what lies between is read again. */
export class UnsavedChanges {
  private readonly offsets = new Map<number, number>();
  private readonly keys = new Map<number, Set<string>>();
  private savedMs = 0;

  change(partition: number, key: string): void {
    const changed = this.keys.get(partition) ?? new Set();
    this.keys.set(partition, changed.add(key));
  }

  /**
   * @param next the next offset of the partitions that were read.
   * @returns what to commit now, or null when the last commit was a moment ago.
   */
  due(
    nowMs: number,
    next: ReadonlyMap<number, number>,
    saved: (key: string) => SavedPart | null,
  ): Checkpoint[] | null {
    for (const [partition, offset] of next) this.offsets.set(partition, offset);
    if (nowMs - this.savedMs < GATEWAY_LIMITS.saveEveryMs) return null;
    this.savedMs = nowMs;
    const checkpoints = [...this.offsets].map(([partition, offset]) => {
      const parts = [...(this.keys.get(partition) ?? [])].map((key) => [key, saved(key)] as const);
      this.keys.delete(partition);
      return {
        partition,
        offset,
        state: new Map(
          parts.flatMap(([key, part]) =>
            part === null ? [] : [[key, encoder.encode(JSON.stringify(part))]],
          ),
        ),
        deleted: parts.flatMap(([key, part]) => (part === null ? [key] : [])),
      };
    });
    this.offsets.clear();
    return checkpoints;
  }
}

/** Throws on bytes that `UnsavedChanges` did not write. */
export function decodePart(bytes: Uint8Array): SavedPart | null {
  // null: of an earlier version, for a part that is no more
  return JSON.parse(decoder.decode(bytes)) as SavedPart | null;
}
