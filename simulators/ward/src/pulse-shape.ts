import type { Random } from './random.js';

const POINTS = 512;

/**
 * One heart beat's volume pulse over its phase, 0 to 1 high: a steep systolic wave, a reflected wave and a dicrotic one,
 * as a sum of Gaussians with positions and widths that differ from person to person.
 */
export class PulseShape {
  private readonly table: Float64Array;

  constructor(random: Random) {
    // the ranges give a second harmonic of 0.26 to 0.53 of the first (10th to 90th percentile, median 0.37); wrists at rest
    // show 0.17 to 0.72, median 0.30 (213 windows of SPC and BAMI)
    const waves = [
      { at: random.between(0.17, 0.22), width: random.between(0.07, 0.12), height: 1 },
      {
        at: random.between(0.34, 0.42),
        width: random.between(0.09, 0.13),
        height: random.between(0.3, 0.7),
      },
      {
        at: random.between(0.54, 0.62),
        width: random.between(0.09, 0.14),
        height: random.between(0.1, 0.4),
      },
    ];
    const raw = Float64Array.from({ length: POINTS }, (_, i) => {
      let sum = 0;
      for (const { at, width, height } of waves) {
        // the beat before reaches into this one
        for (const shift of [0, 1]) {
          sum += height * Math.exp(-(((i / POINTS + shift - at) / width) ** 2) / 2);
        }
      }
      return sum;
    });
    const low = Math.min(...raw);
    const high = Math.max(...raw);
    this.table = Float64Array.from(
      { length: POINTS + 1 },
      (_, i) => (raw[i % POINTS]! - low) / (high - low),
    );
  }

  /** At a phase in beats; only its fraction counts. */
  at(beats: number): number {
    const position = (beats - Math.floor(beats)) * POINTS;
    const index = position | 0;
    const low = this.table[index]!;
    return low + (this.table[index + 1]! - low) * (position - index);
  }
}
