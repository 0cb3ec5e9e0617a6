/**
 * The rules by which a frame is placed on the station's clock, ms unless named otherwise. docs/adr/0017 gives the reasons.
 */
export const PLACEMENT_RULES = {
  /** How fast two clocks may drift apart: 100 parts per million; a wearable's crystal is within 50. */
  drift: 100e-6,
  /** Added on both sides of every placed frame: rounding of times, and the clock of whoever wrote down the assignment. */
  marginMs: 100,
  /** Two bounds that cross by no more than this agree: times are rounded. */
  roundingMs: 20,
  /** How long a frame may have waited before it was sent, by topic: what claims more is not believed. */
  longestWaitMs: { live: 60_000, backfill: 30 * 86_400_000 },
  /** How far a sending may lie before the frame's last sample: the rounding of a sample period. */
  sentEarlyMs: 50,
  /** A frame that waited this long on the device shows that its sending is noted when it leaves, not when it is made. */
  waitedMs: 5_000,
  /** On the topic for what had to wait, a frame that claims less was not noted when it left. */
  backlogWaitMs: 1_000,
  /** A wall clock that is this near to the arrival agrees with it. */
  agreesMs: 10_000,
  /** How long a frame can have waited in a program's memory without anybody noting it, when nothing tells: a day. */
  unknownWaitMs: 86_400_000,
  /** How late frames may come that come in step: a way that is later than this is never even. */
  evenDelayMs: 1_000,
  /** In step: arrivals follow the sendings within this, for this long, with at least so many frames. */
  stepJitterMs: 500,
  stepMs: 2_000,
  stepFrames: 3,
  /** A step is looked at anew after this long, and when nothing came for `stepPauseMs`. */
  stepLongestMs: 60_000,
  stepPauseMs: 15_000,
  /** Evidence is kept for every stretch of this much of the device's time. */
  anchorMs: 600_000,
  /** Kept per boot; when there are more, the one whose neighbours are nearest goes. */
  anchors: 12,
  /** Boots kept per device; when there are more, the one that was heard longest ago goes. */
  boots: 16,
  /** A device's wall clock is right when it is this near. */
  rightMs: 2_000,
  /** How long after a boot's first evidence its wall clock may still be compared for the silence before it. */
  firstHeardMs: 10_000,
} as const;
