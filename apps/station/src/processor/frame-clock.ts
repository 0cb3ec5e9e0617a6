import type { Frame } from '@app/contracts';
import type { TimedItem } from '@app/stream';

/** How far a frame may claim to come from the future, ms: clocks that are merely wrong by less are believed. */
const AHEAD_MS = 60_000;
/** How old a backlog may be, ms: 30 days. */
const OLDEST_MS = 30 * 86_400_000;
/** How long a frame may have waited before it was sent, ms. */
const LONGEST_WAIT_MS = 86_400_000;

type Timed = TimedItem<Frame>;

/** What a frame says of time, checked. */
export const frameClock = {
  /** Device's monotonic clock when the frame left it, ms: as reported when that can be true, else its last sample. */
  sentMs({ value: { sentMonotonicUs }, endUs, toleranceUs }: Timed): number {
    const sentUs = sentMonotonicUs ?? endUs;
    const canBe = sentUs >= endUs - toleranceUs && sentUs <= endUs + LONGEST_WAIT_MS * 1000;
    return (canBe ? sentUs : endUs) / 1000;
  },

  /** Offset from monotonic to the station's clock by when a backlog was sent and came, ms; null when it does not say. */
  backlogOffsetMs({
    value: { sentMonotonicUs },
    endUs,
    toleranceUs,
    arrivedMs,
  }: Timed): number | null {
    if (sentMonotonicUs === null) return null;
    const canBe =
      sentMonotonicUs >= endUs - toleranceUs && sentMonotonicUs <= endUs + OLDEST_MS * 1000;
    return canBe ? arrivedMs - sentMonotonicUs / 1000 : null;
  },

  /** Offset from monotonic to wall clock by the device's own word, ms; null when it has none or it cannot be true. */
  wallOffsetMs({
    value: { wallClockMs, wallClockSource },
    startUs,
    arrivedMs,
  }: Timed): number | null {
    if (wallClockMs === null || wallClockSource === 'unspecified') return null;
    const ageMs = arrivedMs - wallClockMs;
    return ageMs >= -AHEAD_MS && ageMs <= OLDEST_MS ? wallClockMs - startUs / 1000 : null;
  },

  /** By how much the device's own wall clock is ahead, given its offset to the station's, ms; null when it has none. */
  errorMs(
    { value: { wallClockMs, wallClockSource }, startUs }: Timed,
    offsetMs: number,
  ): number | null {
    if (wallClockMs === null || wallClockSource === 'unspecified') return null;
    return Math.round(wallClockMs - (startUs / 1000 + offsetMs));
  },

  /** Whether the samples, placed on the station's clock, would be taken in the future. */
  isAhead({ startUs, arrivedMs }: Timed, offsetMs: number): boolean {
    return startUs / 1000 + offsetMs > arrivedMs + AHEAD_MS;
  },
};
