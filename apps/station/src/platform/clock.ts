/** The station's clock, ms since 1970 with a fraction. Read once at the start, then it only moves forward. */
export interface Clock {
  nowMs(): number;
}

/** Follows the monotonic clock from the process's start on: a step of the system's clock cannot move it back. */
export const systemClock: Clock = {
  nowMs: () => performance.timeOrigin + performance.now(),
};
