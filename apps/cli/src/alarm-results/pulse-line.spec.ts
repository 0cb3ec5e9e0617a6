import { describe, expect, it } from '@jest/globals';
import { ppgBlock } from '../convert/public-recording.js';
import { pulseLines } from './pulse-line.js';

const RATE_HZ = 50;
const SECONDS = 20;

/** Light with lines at these rates, and a slow drift. */
const light = (...lines: { bpm: number; counts: number }[]) =>
  Int32Array.from({ length: RATE_HZ * SECONDS }, (_, i) => {
    const s = i / RATE_HZ;
    const sum = lines.reduce(
      (total, { bpm, counts }) => total + counts * Math.sin((2 * Math.PI * bpm * s) / 60),
      0,
    );
    return Math.round(50_000 + 40 * s + sum);
  });
const block = (...channels: Int32Array[]) => ppgBlock(RATE_HZ, 1, 525, channels);
const at = (bpm: number) => ({ fromS: 0, bpm: Array.from({ length: SECONDS }, () => bpm) });

describe('pulseLines', () => {
  const pulse = light({ bpm: 120, counts: 300 });

  it('sees a pulse where the reference says', () => {
    expect(pulseLines(block(pulse), at(120))).toEqual(Array.from({ length: 7 }, () => true));
  });

  it('sees none elsewhere, and none in light that stands still', () => {
    expect(pulseLines(block(pulse), at(70))).not.toContain(true);
    expect(pulseLines(block(light()), at(120))).not.toContain(true);
  });

  it('sees it beside a stronger movement, and in one channel of two', () => {
    const moving = { bpm: 80, counts: 600 };
    const both = light({ bpm: 150, counts: 300 }, moving);
    expect(pulseLines(block(both), at(150))).not.toContain(false);
    expect(pulseLines(block(light(moving), both), at(150))).not.toContain(false);
  });
});
