import type { Origin, StrayRecord } from '@app/contracts';

/** Structured-cloneable state of `Strays`. */
export interface StraySnapshot {
  /** Arrival of the frame that was recorded last, station's clock, ms; null before the first. */
  recordedMs: number | null;
  /** Frames since. */
  frames: number;
}

/** What the journal says of a frame that is nobody's. */
export interface StrayFrame {
  unassigned: 'not-admitted' | 'not-placed' | null;
  origin: Origin;
  receivedMs: number;
}

/** Least time of arrival between two records of one device, ms. */
const RECORD_EVERY_MS = 10_000;

/** Counts the frames of a device that are nobody's, and says so now and then. */
export class Strays {
  private state: StraySnapshot;

  constructor(saved: StraySnapshot = { recordedMs: null, frames: 0 }) {
    this.state = { ...saved };
  }

  save(): StraySnapshot {
    return { ...this.state };
  }

  note(device: string, { unassigned, origin, receivedMs }: StrayFrame): StrayRecord | null {
    const { state } = this;
    state.frames++;
    const sinceMs = state.recordedMs === null ? Infinity : receivedMs - state.recordedMs;
    // a clock that was set back: what was recorded lies in its future
    if (sinceMs >= 0 && sinceMs < RECORD_EVERY_MS) return null;
    const { frames } = state;
    this.state = { recordedMs: receivedMs, frames: 0 };
    const reason = unassigned ?? 'not-admitted';
    return { type: 'stray', device, origin, reason, frames, atMs: receivedMs };
  }
}
