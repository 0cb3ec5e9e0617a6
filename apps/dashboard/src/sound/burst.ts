import type { AlarmPriority } from '@app/contracts';

/** Priorities that sound. */
export type SoundPriority = Exclude<AlarmPriority, 'info'>;

/** One tone of a burst. */
export interface Pulse {
  /** From the start of the burst, s. */
  readonly startS: number;
  readonly lengthS: number;
  /** Fundamental, Hz: within 150 to 1000. */
  readonly frequencyHz: number;
}

export interface Burst {
  readonly pulses: readonly Pulse[];
  /** From the start of one burst to the start of the next, s. */
  readonly repeatS: number;
  /** Peak level, 0 to 1. */
  readonly level: number;
}

/**
 * Amplitudes of the fundamental and its overtones. Four and more peaks between 150 and 4000 Hz, the largest four within
 * 15 dB: an alarm with one pure tone is hard to locate, and inaudible to who has lost hearing just there.
 */
export const PARTIALS: readonly number[] = [1, 0.8, 0.6, 0.45, 0.3, 0.2];

/** From silence to full level and back, s: shorter ones click. */
export const RAMP_S = 0.015;

/** The gap between the two halves of a high burst, s, start to start. */
const SECOND_HALF_S = 1.75;

/**
 * Bursts after the pattern of IEC 60601-1-8: high two times five pulses (three, a breath, two), medium three, low two.
 * The higher the priority, the faster, the higher in pitch and the sooner again.
 */
export const BURSTS: Record<SoundPriority, Burst> = {
  high: {
    pulses: [0, SECOND_HALF_S].flatMap((halfS) =>
      [0, 0.25, 0.5, 0.9, 1.15].map((startS, i) => ({
        startS: halfS + startS,
        lengthS: 0.15,
        frequencyHz: i < 3 ? 587.33 : 659.26,
      })),
    ),
    repeatS: 7,
    level: 0.6,
  },
  medium: {
    pulses: [523.25, 466.16, 392].map((frequencyHz, i) => ({
      startS: i * 0.4,
      lengthS: 0.2,
      frequencyHz,
    })),
    repeatS: 12,
    level: 0.45,
  },
  low: {
    pulses: [392, 329.63].map((frequencyHz, i) => ({
      startS: i * 0.4,
      lengthS: 0.22,
      frequencyHz,
    })),
    repeatS: 25,
    level: 0.35,
  },
};

export function burstLengthS({ pulses }: Burst): number {
  return Math.max(...pulses.map(({ startS, lengthS }) => startS + lengthS));
}

/** What has been played: the priority and the start of its last burst, s. */
export interface Played {
  readonly priority: SoundPriority;
  readonly atS: number;
}

/**
 * The burst that has to start now, or null. A call of another priority than the last one is heard at once, when it is
 * higher even into the burst that still sounds; the same one again after its pause.
 */
export function dueBurst(
  calling: SoundPriority | null,
  played: Played | null,
  nowS: number,
): SoundPriority | null {
  if (calling === null) return null;
  if (played === null) return calling;
  const last = BURSTS[played.priority];
  const sinceS = nowS - played.atS;
  if (calling === played.priority) return sinceS >= last.repeatS ? calling : null;
  const higher = BURSTS[calling].level > last.level;
  return higher || sinceS >= burstLengthS(last) ? calling : null;
}
