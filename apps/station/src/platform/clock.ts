import { StationClock } from './station-clock.js';

/** The station's clock, ms since 1970 with a fraction. It only moves forward. */
export interface Clock {
  nowMs(): number;
}

/** The process's clock: the system's time, without its steps back. */
export const systemClock = new StationClock(
  () => Date.now(),
  () => performance.now(),
);
