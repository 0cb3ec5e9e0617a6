import { ACTIVITY_CLASSES } from './activity-classes.js';

const CLASSES = ACTIVITY_CLASSES.length;
const REST = ACTIVITY_CLASSES.indexOf('rest');

/** Chosen on people that training left out (training/activity), with the delay after a change in view. */
export const TRANSITION_FILTER = {
  /** Chance of leaving a class, per second; all other classes are equally likely next. */
  leavePerSecond: 0.02,
  /**
   * Power of one window's evidence. Windows come every 2 s and overlap by 3 s of the network's 5; the study that the
   * figure comes from found 0.7 per window of one a second.
   */
  evidenceWeight: 1.4,
  /** Probability that a wrist this still (see `isStill`) belongs to somebody at rest. */
  stillEvidence: 0.96,
} as const;

/** Probability of each class, in the order of `ACTIVITY_CLASSES`; nothing known. */
export function uniformBelief(): Float64Array {
  return new Float64Array(CLASSES).fill(1 / CLASSES);
}

/** The belief after some seconds without evidence: it drifts towards uniform, in one step as in many. */
export function predictActivity(belief: Float64Array, seconds: number): Float64Array {
  const { leavePerSecond } = TRANSITION_FILTER;
  const kept = (1 - (leavePerSecond * CLASSES) / (CLASSES - 1)) ** seconds;
  return belief.map((p) => 1 / CLASSES + (p - 1 / CLASSES) * kept);
}

/** The belief after one window's log-odds from the network. Log-odds that are not all finite are no evidence. */
export function weighLogits(belief: Float64Array, logits: Float32Array): Float64Array {
  let highest = -Infinity;
  for (const logit of logits) {
    if (!Number.isFinite(logit)) return belief;
    if (logit > highest) highest = logit;
  }
  if (logits.length !== CLASSES) throw new RangeError(`${logits.length} logits, not ${CLASSES}`);
  return normalised(
    belief.map((p, i) => p * Math.exp(TRANSITION_FILTER.evidenceWeight * (logits[i]! - highest))),
  );
}

/** The belief after a window in which the wrist was still. */
export function weighStillness(belief: Float64Array): Float64Array {
  const { stillEvidence } = TRANSITION_FILTER;
  return normalised(
    belief.map((p, i) => p * (i === REST ? stillEvidence : (1 - stillEvidence) / (CLASSES - 1))),
  );
}

function normalised(weights: Float64Array): Float64Array {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}
