/**
 * Standard deviation of |a| over 5 s below which the wrist rests, g: three quarters of the sitting and standing windows of
 * the training data lie below, and none of the walking ones. Far above sensor noise (0.003 g).
 */
export const STILL_G = 0.02;

/** Whether nothing moves: then the answer is rest whatever the network says, and it need not run. */
export function isStill(magnitude: ArrayLike<number>): boolean {
  const n = magnitude.length;
  if (n === 0) return false;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += magnitude[i]! / n;
  let variance = 0;
  for (let i = 0; i < n; i++) variance += (magnitude[i]! - mean) ** 2 / n;
  return Math.sqrt(variance) < STILL_G;
}
