import { describe, expect, it } from '@jest/globals';
import { SPECTRAL_BELIEF } from './belief-settings.js';
import { HeartRateBelief } from './heart-rate-belief.js';
import { BIN_COUNT, bpmOfBin } from './heart-rate-bins.js';
import { OCTAVE_RULES, octaveOf } from './octave-check.js';

const STILL = { rmsG: 0.01, peakG: 0.02 };
const MOVING = { rmsG: OCTAVE_RULES.stillRmsG + 0.01, peakG: 0.5 };
/** A belief after some evidence at these rates, each as likely. */
function beliefAt(...rates: number[]): HeartRateBelief {
  const belief = new HeartRateBelief(SPECTRAL_BELIEF);
  const evidence = Float32Array.from({ length: BIN_COUNT }, (_, bin) =>
    Math.max(...rates.map((bpm) => -(((bpmOfBin(bin) - bpm) / 3) ** 2))),
  );
  for (let i = 0; i < 4; i++) belief.update(evidence);
  return belief;
}

describe('octaveOf', () => {
  it('finds the double of what a still wrist shows', () => {
    expect(octaveOf(beliefAt(84), beliefAt(42), STILL)).toBe('doubled');
  });

  it('finds a network that is torn between the rate and its double', () => {
    expect(octaveOf(beliefAt(60, 120), beliefAt(60), STILL)).toBe('doubled');
  });

  it('doubts while the spectrum is of two minds', () => {
    expect(octaveOf(beliefAt(120), beliefAt(60, 120), STILL)).toBe('doubtful');
  });

  it('lets stand what the spectrum agrees with, or contradicts otherwise', () => {
    expect(octaveOf(beliefAt(84), beliefAt(84), STILL)).toBe('none');
    expect(octaveOf(beliefAt(84), beliefAt(60), STILL)).toBe('none');
  });

  it('does not believe the spectrum of a moving wrist, nor of one whose motion is unknown', () => {
    expect(octaveOf(beliefAt(84), beliefAt(42), MOVING)).toBe('none');
    expect(octaveOf(beliefAt(84), beliefAt(42), null)).toBe('none');
  });

  it('has nothing to say before there is evidence', () => {
    const silent = new HeartRateBelief(SPECTRAL_BELIEF);
    expect(octaveOf(beliefAt(84), silent, STILL)).toBe('none');
    expect(octaveOf(silent, beliefAt(42), STILL)).toBe('none');
  });
});
