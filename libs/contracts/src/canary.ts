/**
 * Device and patient of the station's canary: a wearable of the station itself, whose signal goes the whole way of a
 * patient's. The registry knows no such name and gives it to nobody; wall, history, logs and counts leave it out.
 */
export const CANARY = 'canary';

/** The rate of its light signal, and by how much an answer may be off and still prove the way, BPM. */
export const CANARY_BPM = { rate: 72, tolerance: 5 } as const;

/** Once a minute: which of its windows, one every 2 s, become events. The first has a belief that had time to settle. */
export const CANARY_WINDOWS = { every: 30, first: 15 } as const;

/** Without one for so long something is wrong, ms: two in a row did not come through. */
export const CANARY_DUE_MS = 150_000;
