import type { Frame } from '@app/contracts';
import type { Random } from './random.js';

/** What the way from the sensor to the outbox does to frames. */
export interface DeliveryFaults {
  /** Probability that a frame is lost. */
  drop: number;
  /** Probability that a frame is sent twice. */
  duplicate: number;
  /** Frames are held back for a random time up to this, s, and so overtake each other. */
  reorderSeconds: number;
}

export const NO_DELIVERY_FAULTS: DeliveryFaults = { drop: 0, duplicate: 0, reorderSeconds: 0 };

/** Applies delivery faults to one device's frames. Holds at most `reorderSeconds` of frames, twice. */
export class Delivery {
  dropped = 0;
  duplicated = 0;
  private held: { atSeconds: number; frame: Frame }[] = [];

  constructor(
    private readonly faults: DeliveryFaults,
    private readonly random: Random,
  ) {}

  /** Takes a frame made at this time and returns those that are to be sent now, in this order. */
  take(frame: Frame, atSeconds: number): Frame[] {
    const { faults, random } = this;
    if (random.uniform() < faults.drop) {
      this.dropped++;
      return this.due(atSeconds);
    }
    this.hold(frame, atSeconds);
    if (random.uniform() < faults.duplicate) {
      this.duplicated++;
      this.hold(frame, atSeconds);
    }
    return this.due(atSeconds);
  }

  /** All that is still held back. */
  flush(): Frame[] {
    return this.due(Infinity);
  }

  private hold(frame: Frame, atSeconds: number): void {
    const delay = this.faults.reorderSeconds * this.random.uniform();
    this.held.push({ atSeconds: atSeconds + delay, frame });
  }

  private due(atSeconds: number): Frame[] {
    if (this.held.length === 0) return [];
    const due = this.held.filter((one) => one.atSeconds <= atSeconds);
    this.held = this.held.filter((one) => one.atSeconds > atSeconds);
    // a stable sort: frames without delay keep their order
    return due.toSorted((a, b) => a.atSeconds - b.atSeconds).map((one) => one.frame);
  }
}
