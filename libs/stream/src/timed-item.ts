/** Something with a place on one device's timeline: a frame. */
export interface TimedItem<T> {
  /** Counts the device's items within one boot. */
  sequence: number;
  /** Device's monotonic clock at the first sample and after the last, µs since boot. */
  startUs: number;
  endUs: number;
  /** How far the next start may lie from this end, or from the last one's, and still touch it, µs. */
  toleranceUs: number;
  /** Station's clock at the arrival, ms. */
  arrivedMs: number;
  value: T;
}

/** Where an item of a lane went. */
export type Placed<T> =
  | { kind: 'ordered'; item: TimedItem<T>; gap: Gap | null }
  /** Behind the watermark: what follows it has been handed on. */
  | { kind: 'late'; item: TimedItem<T> }
  /** Numbered after what has been handed on, yet timed before it: the device's clock ran backwards. */
  | { kind: 'backwards'; item: TimedItem<T> }
  /** Timed further ahead than time has passed, and nothing after it agrees. */
  | { kind: 'implausible'; item: TimedItem<T> };

/** What is missing before an item. */
export interface Gap {
  lengthUs: number;
  /** Longer than a state of belief survives. */
  long: boolean;
}
