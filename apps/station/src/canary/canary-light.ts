import { CANARY_BPM } from '@app/contracts';

/** Samples per second of light and acceleration. */
export const CANARY_RATE_HZ = 25;

const DIRECT_COUNTS = 120_000;
/** Pulse height as a share of the direct part. */
const PERFUSION = 0.012;
const BREATHS_PER_MINUTE = 15;
/** Share of the direct part that moves with a breath. */
const BREATHING = 0.002;
const BEATS_PER_SECOND = CANARY_BPM.rate / 60;

/**
 * One second of a steady pulse at rest: green light in counts, acceleration in g. A function of the second alone; no model of
 * a person, only a signal whose rate is known.
 * @param second counts from 0.
 */
export function canarySecond(second: number): {
  light: Float64Array;
  acceleration: Float64Array[];
} {
  const light = new Float64Array(CANARY_RATE_HZ);
  const acceleration = [0, 0, 1].map((g) => new Float64Array(CANARY_RATE_HZ).fill(g));
  for (let i = 0; i < CANARY_RATE_HZ; i++) {
    const seconds = second + i / CANARY_RATE_HZ;
    const breath = Math.sin(2 * Math.PI * (BREATHS_PER_MINUTE / 60) * seconds);
    // the light falls as the vessels fill
    const share = 1 - PERFUSION * pulse(BEATS_PER_SECOND * seconds) + BREATHING * breath;
    light[i] = DIRECT_COUNTS * share + 20 * grain(second * CANARY_RATE_HZ + i);
    for (const [axis, values] of acceleration.entries())
      values[i]! += 0.002 * grain(3 * (second * CANARY_RATE_HZ + i) + axis + 1);
  }
  return { light, acceleration };
}

/** Upstroke and a notch: the fundamental and two harmonics. */
function pulse(beats: number): number {
  const turn = 2 * Math.PI * beats;
  return 0.6 * Math.sin(turn) + 0.25 * Math.sin(2 * turn + 0.6) + 0.1 * Math.sin(3 * turn + 1.1);
}

/** Noise of a sensor between -1 and 1, the same for the same number (a 32-bit integer hash). */
function grain(n: number): number {
  let x = Math.imul(n ^ 0x9e3779b9, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 31 - 1;
}
