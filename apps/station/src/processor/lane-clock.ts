import type { Frame } from '@app/contracts';
import type { TimedItem } from '@app/stream';

/** What the lanes of a boot share: where their device's clock lies on the station's. */
export interface LaneClock {
  observeLive(item: TimedItem<Frame>): void;
  /** @returns whether anything tells where the clock lies. */
  observeBacklog(item: TimedItem<Frame>): boolean;
  /** Add this to a monotonic time in ms to get the station's time. */
  offsetMs(): number;
}
