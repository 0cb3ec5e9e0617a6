/** Times that belong to no single rule. Of the machine's clock where nothing else is said. */

/** The silence of a patient who never had a result, ms: a device's first windows take 8 s, and their order up to 5 s more. */
export const NO_FIRST_DATA_AFTER_MS = 30_000;

/** Without a number for this long `check-patient` is of medium priority, ms. */
export const CHECK_PATIENT_MEDIUM_MS = 120_000;

/** Stillness after a blow that raises a fall's priority, s. */
export const FALL_STILL_SECONDS = 1.5;

/** At or below this share of charge a battery is of medium priority. */
export const BATTERY_MEDIUM = 0.05;

/**
 * A result of the live lane whose window ended this long before the last tick is backlog, ms: the processor was away and
 * catches up. It raises nothing, clears nothing, and is no sign of life.
 */
export const BACKLOG_AFTER_MS = 30_000;

/**
 * How long a value speaks for its patient, ms: three windows. What is older neither holds nor clears a condition. So one
 * value beyond a limit, and silence after it, is an alarm about the rate only where the delay is shorter: an extreme one.
 */
export const VALUE_COUNTS_FOR_MS = 6_000;

/** A condition that was present, and unknown for longer than this, begins its raise delay anew, ms. */
export const PENDING_LOST_AFTER_MS = 10_000;

/**
 * The most that one tick may move the machine's clock, ms. While the station itself was down nobody was silent:
 * a restart must not call a nurse to every bed.
 */
export const LONGEST_TICK_MS = 2_000;

/** Posterior from which on an activity counts. */
export const ACTIVITY_CONFIDENCE = 0.7;
/**
 * How long an activity must last before it moves a limit (less than the delay of that limit), and be over before it moves
 * it no longer, ms.
 */
export const ACTIVITY_BEGINS_MS = 8_000;
export const ACTIVITY_ENDS_MS = 30_000;

/** Good signal after which a patient who was off the ward counts as back, ms (PatientNet central station: 3 minutes). */
export const RETURNED_AFTER_MS = 180_000;

/** A ward's status that is older says nothing any more, ms. */
export const STATUS_COUNTS_FOR_MS = 30_000;
