import { BIN_COUNT, bpmOfBin } from './heart-rate-bins.js';

/**
 * How much of what the network says of this window alone speaks for the belief's estimate: the share, 0 to 1, of the
 * softmax of its 96 logits within max(5 BPM, 10 %) of it. A belief may coast on its past; this does not.
 */
export function supportOf(logits: Float32Array, estimateBpm: number): number {
  const highest = logits.reduce((high, logit) => Math.max(high, logit), -Infinity);
  const reach = Math.max(5, 0.1 * estimateBpm);
  let near = 0;
  let total = 0;
  for (let i = 0; i < BIN_COUNT; i++) {
    const weight = Math.exp((logits[i] as number) - highest);
    total += weight;
    if (Math.abs(bpmOfBin(i) - estimateBpm) <= reach) near += weight;
  }
  return near / total;
}
